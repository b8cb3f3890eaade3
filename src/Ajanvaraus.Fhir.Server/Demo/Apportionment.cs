namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>Shares a whole among parts without losing or gaining any: the method of largest remainders.</summary>
public static class Apportionment
{
    /// <summary>One share per weight, adding up to <paramref name="total"/>. Equal remainders: the earlier first.</summary>
    /// <param name="total">Not negative.</param>
    /// <param name="weights">Not negative, not all zero.</param>
    public static int[] Share(int total, IReadOnlyList<int> weights)
    {
        long sum = weights.Sum(weight => (long)weight);
        var shares = weights.Select(weight => (int)(total * (long)weight / sum)).ToArray();
        var byRemainder = Enumerable.Range(0, weights.Count)
            .OrderByDescending(i => total * (long)weights[i] % sum).ThenBy(i => i);
        foreach (var i in byRemainder.Take(total - shares.Sum()))
            shares[i]++;
        return shares;
    }

    /// <summary>A fraction, rounded to the nearest whole, halves up.</summary>
    public static int Round(long numerator, long denominator) =>
        (int)((2 * numerator + denominator) / (2 * denominator));
}
