using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Issues;

public sealed class MessageCatalogueTests
{
    private static readonly string[] Languages = ["fi", "sv", "en"];

    [Fact]
    public void Ids_are_unique_and_well_formed()
    {
        var ids = MessageCatalogue.All.Select(m => m.Id).ToList();

        ids.Should().OnlyHaveUniqueItems();
        ids.Should().AllSatisfy(id => id.Should().MatchRegex("^AJV-[1-9][0-9]{3}$"));
    }

    [Fact]
    public void Every_message_has_three_languages_over_the_same_arguments()
    {
        MessageCatalogue.All.Should().AllSatisfy(message =>
        {
            var texts = new[] { message.En, message.Fi, message.Sv };
            texts.Should().OnlyHaveUniqueItems(message.Id).And.NotContain(string.Empty);
            texts.Select(Placeholders).Distinct().Should().ContainSingle(message.Id);
        });
    }

    [Fact]
    public void Every_message_of_the_message_classes_is_in_the_catalogue()
    {
        var declared = typeof(MessageCatalogue).Assembly.GetTypes()
            .SelectMany(t => t.GetFields())
            .Where(f => f.IsStatic && f.FieldType == typeof(Message))
            .Select(f => (Message)f.GetValue(null)!);

        MessageCatalogue.All.Should().Equal(declared.OrderBy(m => m.Id, StringComparer.Ordinal));
    }

    [Fact]
    public void Messages_are_in_the_order_of_their_ids()
    {
        MessageCatalogue.All.Select(m => m.Id).Should().BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Fact]
    public void Texts_of_all_messages_are_those_that_were_reviewed()
    {
        var text = string.Join("\n\n", MessageCatalogue.All.Select(message =>
        {
            ImmutableArray<string> placeholders = [.. Enumerable.Range(0, message.ArgumentCount).Select(i => $"{{{i}}}")];
            var severity = OperationOutcomes.CodeOf(message.Severity);
            return $"{message.Id} {severity} {OperationOutcomes.CodeOf(message.Code)}\n"
                + string.Join('\n', Languages.Select(l => $"{l}: {message.Text(l, placeholders)}"));
        }));

        Golden.Match("messages.txt", text);
    }

    [Theory]
    [InlineData("en", "The element status is required and missing.")]
    [InlineData("fi", "Pakollinen elementti status puuttuu.")]
    [InlineData("sv", "Det obligatoriska elementet status saknas.")]
    [InlineData("de", "The element status is required and missing.")]
    public void Text_is_told_in_the_asked_language(string language, string text)
    {
        var issue = StructureMessages.MissingElement.At("Slot.status", "status");

        MessageCatalogue.Text(issue, language).Should().Be(text);
    }

    [Theory]
    [InlineData("AJV-9999", "an id that is not catalogued")]
    [InlineData("AJV-1101", "a text that is not the message's")]
    public void Text_written_by_hand_stays_as_it_is(string id, string because)
    {
        var issue = new Issue(id, IssueType.Invalid, "Something of its own {0}.");

        MessageCatalogue.Text(issue, "fi").Should().Be("Something of its own {0}.", because);
    }

    private static string Placeholders(string text) =>
        string.Join(',', Regex.Matches(text, @"\{\d\}").Select(m => m.Value).Distinct().Order(StringComparer.Ordinal));
}
