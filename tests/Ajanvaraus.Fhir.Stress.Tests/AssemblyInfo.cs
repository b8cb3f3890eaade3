// Each test loads the machine by itself; two at once would only measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
