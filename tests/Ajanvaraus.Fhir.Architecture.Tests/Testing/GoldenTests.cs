using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Architecture.Tests.Testing;

public sealed class GoldenTests
{
    private static readonly string File =
        Repository.Find("tests", "Ajanvaraus.Fhir.Architecture.Tests", "Golden", "three-lines.txt");

    [Fact]
    public void Text_that_equals_the_file_matches_whatever_its_line_ends()
    {
        var difference = Golden.Difference(File, "one\r\ntwo\r\nthree");

        difference.Should().BeNull();
    }

    [Fact]
    public void Text_that_departs_from_the_file_differs_at_the_first_such_line()
    {
        var difference = Golden.Difference(File, "one\nTWO\nTHREE\n");

        difference.Should().Match("*differs at line 2*\"two\"*\"TWO\"*");
    }

    [Fact]
    public void Text_without_a_file_differs()
    {
        var difference = Golden.Difference(File + ".absent", "one");

        difference.Should().EndWith("does not exist");
    }
}
