using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Finds equal items: by looking at each in a short list, by hash in a long one.</summary>
/// <remarks>Items whose equality may be unknown are never taken for equal.</remarks>
internal static class ItemSet
{
    private const int ShortList = 16;

    public static bool Contains(FhirPathContext context, List<FhirPathValue> set, FhirPathValue sought)
    {
        context.Charge(set.Count);
        foreach (var item in set)
            if (Equality.Equal(item, sought) == true)
                return true;
        return false;
    }

    public static void AddDistinct(FhirPathContext context, List<FhirPathValue> items, List<FhirPathValue> output)
    {
        if (items.Count == 1)
        {
            output.Add(items[0]);
            return;
        }
        if (items.Count > ShortList)
        {
            var seen = new Known(context);
            foreach (var item in items)
                if (seen.Add(item))
                    output.Add(item);
            return;
        }
        var start = output.Count;
        foreach (var item in items)
        {
            var isNew = true;
            for (var i = start; i < output.Count && isNew; i++)
                isNew = Equality.Equal(output[i], item) != true;
            if (isNew)
                output.Add(item);
        }
    }

    /// <summary>What has been seen, by hash.</summary>
    internal sealed class Known(FhirPathContext context)
    {
        private readonly Dictionary<int, List<FhirPathValue>> _byHash = [];

        public Known(FhirPathContext context, List<FhirPathValue> items)
            : this(context)
        {
            foreach (var item in items)
                Add(item);
        }

        public bool Contains(FhirPathValue item) =>
            _byHash.TryGetValue(Hash(item), out var bucket) && IsIn(bucket, item);

        /// <summary>False when an equal one is there.</summary>
        public bool Add(FhirPathValue item)
        {
            var hash = Hash(item);
            if (!_byHash.TryGetValue(hash, out var bucket))
                _byHash[hash] = bucket = [];
            if (context.IsStopped || IsIn(bucket, item))
                return false;
            bucket.Add(item);
            return true;
        }

        private bool IsIn(List<FhirPathValue> bucket, FhirPathValue item)
        {
            context.Charge(bucket.Count);
            foreach (var other in bucket)
                if (Equality.Equal(other, item) == true)
                    return true;
            return false;
        }

        /// <summary>Equal items have equal hashes; moments and quantities, whose equality is no text's, share one.</summary>
        private int Hash(FhirPathValue item) => item.System switch
        {
            string text => text.GetHashCode(StringComparison.Ordinal),
            long or decimal => Comparison.Number(item.System!).GetHashCode(),
            bool flag => flag.GetHashCode(),
            null when item.Node is { } node => Hash(node),
            _ => 0,
        };

        private int Hash(ElementNode node)
        {
            context.Charge(1);
            var hash = HashCode.Combine(node.Type.Name, node.Children.Length);
            foreach (var child in node.Children)
                hash = HashCode.Combine(hash, Hash(FhirPathValue.Of(child)));
            return hash;
        }
    }
}
