using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Persistence.Tests.Search;

/// <summary>Resources of a small town, from a seed: few ids, few codes, so that much refers to the same.</summary>
internal sealed class RandomResources(Random random)
{
    public const string BaseUrl = "https://oma.example/fhir";

    /// <summary>How many ids each type has; a resource made again is the next version of its id.</summary>
    private static readonly Dictionary<string, int> Ids = new()
    {
        ["Organization"] = 4, ["Location"] = 4, ["Practitioner"] = 5, ["HealthcareService"] = 4, ["PractitionerRole"] = 6,
        ["Patient"] = 12, ["Schedule"] = 6, ["Slot"] = 20, ["Appointment"] = 16, ["Observation"] = 16,
        ["RiskAssessment"] = 8, ["ValueSet"] = 5, ["List"] = 4, ["Group"] = 5, ["DocumentReference"] = 5,
        ["MolecularSequence"] = 4,
    };

    private static readonly string[] Words =
    [
        "Virtanen", "VIRTA", "Mäkinen", "Makinen", "Åkerlund", "100%", "50_50", "a\\b", "O'Neil", "Ääkkönen Öljy",
        "Straße", "a,b|c$d", "😀 hymy", "ﬀ",
        new string('ä', 126) + "😀x", new string('a', 140) + "loppu",
        new string('a', 135), new string('o', 127) + "😀",
    ];

    private static readonly string[] Systems = ["urn:a", "urn:b", "http://x.example/" + new string('s', 300)];

    private static readonly string[] Codes = ["1", "2", "3", "A%", "a_", "K|1", "x\\y", "ä"];

    private static readonly string[] Numbers = ["0", "0.5", "0.50", "1", "1.0", "-2.25", "5", "99.95", "100", "1e2", "5.4"];

    private static readonly string[] Times =
    [
        "2026", "2026-11", "2026-11-23", "2026-11-23T09:00:00Z", "2026-10-25T03:30:00+03:00",
        "2026-10-25T03:30:00+02:00", "2026-11-24T00:00:00+02:00", "2026-11-23T10:15:30.250Z", "2025-12-31", "2027-01",
    ];

    private static readonly string[] Instants =
    [
        "2026-11-23T09:00:00Z", "2026-11-23T09:30:00Z", "2026-11-23T11:00:00+02:00",
        "2026-11-24T10:00:00Z", "2026-10-25T03:30:00+03:00", "2026-10-25T03:30:00+02:00", "2026-11-23T09:00:00.500Z",
    ];

    public static IEnumerable<string> Types => Ids.Keys;

    /// <summary>The town is so many times larger; <c>AJANVARAUS_SEARCH_TOWN</c> asks for more than 1.</summary>
    public static readonly int Size =
        int.TryParse(Environment.GetEnvironmentVariable("AJANVARAUS_SEARCH_TOWN"), out var size) ? size : 1;

    /// <summary>What the resource in the making contains.</summary>
    private readonly List<JsonObject> _contained = [];

    /// <summary>The one in the making is itself contained: it contains nothing.</summary>
    private bool _isInside;

    public JsonObject Next(string type)
    {
        var resource = new JsonObject { ["resourceType"] = type, ["id"] = $"{type[0]}{random.Next(Ids[type] * Size)}" };
        _contained.Clear();
        Fill(type, resource);
        if (_contained.Count > 0)
            resource["contained"] = new JsonArray([.. _contained]);
        if (Chance(0.3))
            resource["text"] = Narrative();
        if (Chance(0.3))
            resource["meta"] = new JsonObject { ["tag"] = new JsonArray(Coding()) };
        return resource;
    }

    private void Fill(string type, JsonObject r)
    {
        switch (type)
        {
            case "Organization":
                Maybe(r, "identifier", () => Some(Identifier));
                Maybe(r, "name", Word);
                Maybe(r, "partOf", () => Reference("Organization"));
                break;
            case "Location":
                Maybe(r, "name", Word);
                Maybe(r, "managingOrganization", () => Reference("Organization"));
                Maybe(r, "address", () => new JsonObject { ["city"] = Word(), ["postalCode"] = "00100" });
                Maybe(r, "position", Position);
                break;
            case "Practitioner":
                Person(r);
                break;
            case "HealthcareService":
                Maybe(r, "providedBy", () => Reference("Organization"));
                Maybe(r, "type", () => Some(Concept));
                Maybe(r, "category", () => Some(Concept));
                Maybe(r, "name", Word);
                Maybe(r, "location", () => Some(() => Reference("Location")));
                break;
            case "PractitionerRole":
                Maybe(r, "practitioner", () => Reference("Practitioner"));
                Maybe(r, "organization", () => Reference("Organization"));
                Maybe(r, "healthcareService", () => Some(() => Reference("HealthcareService")));
                Maybe(r, "specialty", () => Some(Concept));
                Maybe(r, "period", Period);
                break;
            case "Patient":
                Patient(r);
                break;
            default:
                FillEvent(type, r);
                break;
        }
    }

    private void FillEvent(string type, JsonObject r)
    {
        switch (type)
        {
            case "Schedule":
                Maybe(r, "active", () => Chance(0.7));
                r["actor"] = Some(() => Reference(Pick("Practitioner", "PractitionerRole", "Location", "HealthcareService")));
                Maybe(r, "serviceType", () => Some(Concept));
                Maybe(r, "serviceCategory", () => Some(Concept));
                Maybe(r, "planningHorizon", Period);
                break;
            case "Slot":
                r["schedule"] = Reference("Schedule");
                r["status"] = Pick("free", "busy", "busy-tentative", "busy-unavailable", "entered-in-error");
                r["start"] = Pick(Instants);
                r["end"] = Pick(Instants);
                Maybe(r, "serviceType", () => Some(Concept));
                Maybe(r, "identifier", () => Some(Identifier));
                break;
            case "Appointment":
                Appointment(r);
                break;
            case "Observation":
                Observation(r);
                break;
            case "RiskAssessment":
                r["status"] = Pick("final", "draft");
                r["subject"] = Reference("Patient");
                r["prediction"] = Some(() => new JsonObject { ["probabilityDecimal"] = Number() });
                break;
            case "List":
                r["status"] = "current";
                r["mode"] = "working";
                r["entry"] = Some(() => new JsonObject { ["item"] = Reference(Pick("Patient", "Slot", "Location", "Observation")) });
                break;
            case "Group":
                r["type"] = "person";
                r["actual"] = false;
                r["characteristic"] = Some(() => new JsonObject
                {
                    ["code"] = Concept(), ["valueCodeableConcept"] = Concept(), ["exclude"] = false,
                });
                break;
            case "DocumentReference":
                r["status"] = "current";
                r["content"] = Some(() => new JsonObject { ["attachment"] = new JsonObject { ["title"] = Word() } });
                r["relatesTo"] = Some(() => new JsonObject
                {
                    ["code"] = Pick("replaces", "appends"), ["target"] = Reference("DocumentReference"),
                });
                break;
            case "MolecularSequence":
                r["coordinateSystem"] = 0;
                r["referenceSeq"] = new JsonObject
                {
                    ["chromosome"] = Concept(), ["windowStart"] = random.Next(5), ["windowEnd"] = 5 + random.Next(5),
                };
                r["variant"] = Some(() => new JsonObject { ["start"] = random.Next(5), ["end"] = 5 + random.Next(5) });
                break;
            case "ValueSet":
                Maybe(r, "url", () => "http://v.example" + Pick("/a", "/b", "/A", "/%", "/a/b", "/a/", "/ab", "", "/b/a"));
                r["status"] = Pick("active", "draft");
                Maybe(r, "title", Word);
                Maybe(r, "date", () => Pick(Times));
                Maybe(r, "useContext", () => Some(UseContext));
                break;
        }
    }

    private void Patient(JsonObject r)
    {
        Person(r);
        Maybe(r, "birthDate", () => Pick("1950", "1950-06", "1950-06-15", "2001-02-28"));
        Maybe(r, "gender", () => Pick("male", "female", "other"));
        Maybe(r, "active", () => Chance(0.5));
        Maybe(r, "managingOrganization", () => Reference("Organization"));
        Maybe(r, "generalPractitioner", () => Some(() => Reference(Pick("Practitioner", "Organization"))));
        if (Chance(0.3))
            r["deceasedBoolean"] = Chance(0.5);
        Maybe(r, "link", () => Some(() => new JsonObject { ["other"] = Reference("Patient"), ["type"] = "seealso" }));
    }

    private void Person(JsonObject r)
    {
        Maybe(r, "identifier", () => Some(Identifier));
        Maybe(r, "name", () => Some(() => new JsonObject { ["family"] = Word(), ["given"] = new JsonArray(Word()) }));
        Maybe(r, "telecom", () => Some(() => new JsonObject { ["system"] = Pick("phone", "email"), ["value"] = Pick(Codes) }));
    }

    private void Appointment(JsonObject r)
    {
        r["status"] = Pick("proposed", "pending", "booked", "cancelled", "waitlist");
        if (Chance(0.8))
        {
            r["start"] = Pick(Instants);
            r["end"] = Pick(Instants);
        }
        Maybe(r, "slot", () => Some(() => Reference("Slot")));
        Maybe(r, "serviceType", () => Some(Concept));
        Maybe(r, "identifier", () => Some(Identifier));
        r["participant"] = Some(() => new JsonObject
        {
            ["actor"] = Reference(Pick("Patient", "Practitioner", "Location")),
            ["status"] = Pick("accepted", "declined"),
        });
    }

    private void Observation(JsonObject r)
    {
        r["status"] = Pick("final", "preliminary");
        r["code"] = Concept();
        Maybe(r, "subject", () => Reference("Patient"));
        Maybe(r, "performer", () => Some(() => Reference(Pick("Practitioner", "Organization", "Patient"))));
        Maybe(r, "hasMember", () => Some(() => Reference("Observation")));
        if (Chance(0.5))
            r["effectiveDateTime"] = Pick(Times);
        else
            Maybe(r, "effectivePeriod", Period);
        Value(r);
        Maybe(r, "component", () => Some(() =>
        {
            var component = new JsonObject { ["code"] = Concept() };
            Value(component);
            return component;
        }));
    }

    private void Value(JsonObject r)
    {
        switch (random.Next(5))
        {
            case 0:
                r["valueQuantity"] = Quantity();
                break;
            case 1:
                r["valueString"] = Word();
                break;
            case 2:
                r["valueCodeableConcept"] = Concept();
                break;
            case 3:
                r["valueDateTime"] = Pick(Times);
                break;
        }
    }

    private JsonNode UseContext()
    {
        var context = new JsonObject { ["code"] = Coding() };
        if (Chance(0.5))
            context["valueQuantity"] = Quantity();
        else
            context["valueCodeableConcept"] = Concept();
        return context;
    }

    private JsonNode Position() => new JsonObject
    {
        ["latitude"] = JsonNode.Parse(Pick("60.17", "60.18", "61.5", "-33.9", "90", "0", "60.1701")),
        ["longitude"] = JsonNode.Parse(Pick("24.94", "23.76", "179.99", "-179.99", "0", "24.9401")),
    };

    /// <summary>A narrative, whose words are of the texts of this town.</summary>
    private JsonNode Narrative() => new JsonObject
    {
        ["status"] = "generated",
        ["div"] = $"<div xmlns=\"http://www.w3.org/1999/xhtml\">Hei <b>{Plain()}</b>, {Plain()}<br/>&amp; {Plain()}</div>",
    };

    private string Plain() => Pick(Words).Replace("&", "", StringComparison.Ordinal).Replace("<", "", StringComparison.Ordinal);

    /// <summary>A resource of that type inside the one in the making: a new one, or one that is there.</summary>
    private JsonObject Contained(string type)
    {
        var there = _contained.Find(c => (string)c["resourceType"]! == type);
        if (there is null || Chance(0.3))
        {
            there = new JsonObject
            {
                ["resourceType"] = type, ["id"] = $"{Pick("c", new string('c', 50))}{_contained.Count}",
            };
            _contained.Add(there);
            _isInside = true;
            Fill(type, there);
            _isInside = false;
        }
        return new JsonObject { ["reference"] = "#" + there["id"] };
    }

    private JsonNode Reference(string type)
    {
        if (_isInside ? Chance(0.1) : Chance(0.12))
            return _isInside ? new JsonObject { ["reference"] = Pick("#", "#c0", "#none") } : Contained(type);
        var literal = $"{type}/{type[0]}{random.Next((Ids[type] * Size) + 1)}";
        return random.Next(10) switch
        {
            0 => new JsonObject { ["reference"] = $"{BaseUrl}/{literal}" },
            1 => new JsonObject { ["reference"] = $"http://muu.example/{literal}" },
            2 => new JsonObject { ["identifier"] = Identifier(), ["type"] = type },
            3 => new JsonObject { ["reference"] = literal, ["identifier"] = Identifier() },
            4 => new JsonObject { ["display"] = Word() },
            5 => new JsonObject { ["reference"] = literal, ["display"] = Word() },
            _ => new JsonObject { ["reference"] = literal },
        };
    }

    private JsonObject Identifier()
    {
        var identifier = new JsonObject { ["value"] = Chance(0.1) ? new string('7', 300) : Pick(Codes) };
        Maybe(identifier, "system", () => Pick(Systems));
        if (Chance(0.4))
            identifier["type"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject
            {
                ["system"] = Pick("urn:a", "urn:b"), ["code"] = Pick("1", "2"),
            }) };
        return identifier;
    }

    private JsonNode Concept()
    {
        var concept = new JsonObject();
        if (Chance(0.8))
            concept["coding"] = Some(Coding);
        Maybe(concept, "text", Word);
        return concept.Count > 0 ? concept : new JsonObject { ["text"] = "pelkkä teksti" };
    }

    private JsonNode Coding()
    {
        var coding = new JsonObject { ["code"] = Pick(Codes) };
        Maybe(coding, "system", () => Pick(Systems));
        Maybe(coding, "display", Word);
        return coding;
    }

    private JsonObject Quantity()
    {
        var quantity = new JsonObject { ["value"] = Number() };
        Maybe(quantity, "unit", () => Pick("mg", "kappale"));
        if (Chance(0.6))
        {
            quantity["system"] = "http://unitsofmeasure.org";
            quantity["code"] = Pick("mg", "kg");
        }
        if (Chance(0.2))
            quantity["comparator"] = Pick("<", "<=", ">", ">=");
        return quantity;
    }

    private JsonNode Period()
    {
        var period = new JsonObject();
        Maybe(period, "start", () => Pick(Times));
        Maybe(period, "end", () => Pick(Times));
        return period.Count > 0 ? period : new JsonObject { ["start"] = "2026-11-01" };
    }

    private JsonNode Number() => JsonNode.Parse(Pick(Numbers))!;

    private JsonNode Word() => Pick(Words);

    private JsonArray Some(Func<JsonNode> item) =>
        new([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => item())]);

    private void Maybe(JsonObject target, string name, Func<JsonNode> value)
    {
        if (Chance(0.65))
            target[name] = value();
    }

    private bool Chance(double part) => random.NextDouble() < part;

    private T Pick<T>(params T[] among) => among[random.Next(among.Length)];
}
