using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Writing;

/// <summary>A table that holds rows derived from the current version of resources.</summary>
/// <param name="Bit">Its bit in <c>resource.index_mask</c>.</param>
/// <param name="Columns">After <c>resource_key</c>, which is always first.</param>
public sealed record IndexTable(string Name, int Bit, ImmutableArray<SqlColumn> Columns)
{
    /// <summary>Bits of <c>resource.index_mask</c> from here on tell by what rules the rows were made.</summary>
    public const int RulesShift = 14;

    /// <summary>Of those bits, after the shift.</summary>
    public const int RulesMask = (1 << 17) - 1;

    /// <summary>Bit of <c>resource.index_mask</c> of resources that contain others.</summary>
    public const int ContainsBit = 1 << 31;

    private static readonly SqlColumn Parameter = new("parameter", ColumnType.Int);

    public static readonly IndexTable Token = new("index_token", 1, [Parameter, Text("system"), Text("code"), Text("text")]);

    public static readonly IndexTable String = new(
        "index_string", 2, [Parameter, Text("prefix"), Text("normalized"), Text("exact")]);

    public static readonly IndexTable Date = new("index_date", 4, [Parameter, Long("start_us"), Long("end_us")]);

    public static readonly IndexTable Reference = new(
        "index_reference", 8,
        [Parameter, Text("target_type"), Text("target_id"), Text("uri"), Text("identifier_system"), Text("identifier_value")]);

    public static readonly IndexTable Number = new("index_number", 16, [Parameter, Double("low"), Double("high")]);

    public static readonly IndexTable Quantity = new(
        "index_quantity", 32, [Parameter, Text("system"), Text("code"), Text("unit"), Double("low"), Double("high")]);

    public static readonly IndexTable Uri = new("index_uri", 64, [Parameter, Text("uri")]);

    public static readonly IndexTable Slot = new(
        "slot", 128,
        [
            Text("id"), Text("schedule_id"), Long("start_us"), Long("start_until_us"), Long("end_us"), Int("is_long"),
            Int("status"), Int("capacity"), Int("is_filler"), Text("services"),
        ]);

    /// <summary>Place of the Schedule's id among the values of a row of <see cref="Slot"/>.</summary>
    public const int SlotScheduleColumn = 1;

    public static readonly IndexTable Schedule = new(
        "schedule", 256,
        [
            Text("id"), Int("is_active"), Long("horizon_start_us"), Long("horizon_end_us"), Text("zone"),
            Text("services"),
        ]);

    public static readonly IndexTable ScheduleActor = new(
        "schedule_actor", 512, [Text("schedule_id"), Text("actor"), Text("role_id")]);

    public static readonly IndexTable AppointmentActor = new(
        "appointment_actor", 1024,
        [
            Text("appointment_id"), Text("actor"), Long("start_us"), Long("start_until_us"), Long("end_us"),
            Int("status"),
        ]);

    /// <summary>Values of the parts of composites: only the columns of the part's type are filled.</summary>
    /// <remarks>Dates stand as microseconds in <c>low</c> and <c>high</c>; references by type in <c>system</c> and by id or
    /// address in <c>code</c>.</remarks>
    public static readonly IndexTable Composite = new(
        "index_composite", 2048,
        [
            Parameter, Int("occurrence"), Text("system"), Text("code"), Text("unit"), Text("text"), Double("low"),
            Double("high"),
        ]);

    public static readonly IndexTable Position = new(
        "index_position", 4096, [Parameter, Double("x"), Double("y"), Double("z")]);

    /// <summary>Words, of which the engine's own full text index is made.</summary>
    public static readonly IndexTable Words = new("index_text", 8192, [Parameter, Int("is_content"), Text("body")]);

    public static readonly ImmutableArray<IndexTable> All =
    [
        Token, String, Date, Reference, Number, Quantity, Uri, Slot, Schedule, ScheduleActor, AppointmentActor, Composite,
        Position, Words,
    ];

    /// <summary>Rows belong to search parameters, of which the first column is the key.</summary>
    public bool HasParameter => ReferenceEquals(Columns[0], Parameter);

    /// <summary>A row may be changed where it stands; the full text index knows only rows that come and go.</summary>
    public bool IsUpdatedInPlace => !ReferenceEquals(this, Words);

    /// <summary>The table that holds the values of parameters of that type; null for types that have none.</summary>
    public static IndexTable? Of(SearchParameterType type) => type switch
    {
        SearchParameterType.Token => Token,
        SearchParameterType.String => String,
        SearchParameterType.Date => Date,
        SearchParameterType.Reference => Reference,
        SearchParameterType.Number => Number,
        SearchParameterType.Quantity => Quantity,
        SearchParameterType.Uri => Uri,
        _ => null,
    };

    private static SqlColumn Text(string name) => new(name, ColumnType.Text);

    private static SqlColumn Long(string name) => new(name, ColumnType.Long);

    private static SqlColumn Int(string name) => new(name, ColumnType.Int);

    private static SqlColumn Double(string name) => new(name, ColumnType.Double);
}
