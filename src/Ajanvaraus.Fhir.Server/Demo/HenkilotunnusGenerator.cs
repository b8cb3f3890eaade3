using Ajanvaraus.Fhir.Core.Model;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>Gives out codes that are valid, belong to nobody and are never the same twice.</summary>
public sealed class HenkilotunnusGenerator(Random random)
{
    private const int TestNumbers = 100;

    private readonly HashSet<string> _given = [];

    /// <summary>A code with an individual number of 900 to 999; 50 numbers for each sign, date and sex.</summary>
    public string Next(LocalDate birthDate, bool isFemale)
    {
        var first = random.Next(TestNumbers / 2);
        foreach (var sign in Henkilotunnus.SignsOf(birthDate.Year))
            for (var i = 0; i < TestNumbers / 2; i++)
            {
                var number = Henkilotunnus.FirstTestNumber + (first + i) % (TestNumbers / 2) * 2 + (isFemale ? 0 : 1);
                var code = Henkilotunnus.Compose(birthDate.ToDateOnly(), sign, number);
                if (_given.Add(code))
                    return code;
            }
        throw new InvalidOperationException("No test code is left for that birth date and sex");
    }
}
