using System.Globalization;

using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Patch;

/// <summary>A FHIRPath Patch, read and checked; immutable, to be applied any number of times.</summary>
/// <remarks>
/// <para>Errors lie at the operation in the Parameters: what is no patch is <see cref="ProblemKind.Invalid"/>, what
/// cannot be applied to the resource <see cref="ProblemKind.Unprocessable"/>.</para>
/// <para>Source: http://hl7.org/fhir/R4/fhirpatch.html. A path that finds nothing is no error for delete, and for
/// nothing else.</para>
/// </remarks>
public sealed class FhirPathPatch
{
    public const int MaxOperations = 1000;

    private readonly ImmutableArray<FhirPathPatchOperation> _operations;

    private FhirPathPatch(ImmutableArray<FhirPathPatchOperation> operations) => _operations = operations;

    /// <param name="parameters">A Parameters resource.</param>
    public static Outcome<FhirPathPatch> Parse(ElementNode parameters)
    {
        var operations = ImmutableArray.CreateBuilder<FhirPathPatchOperation>();
        foreach (var parameter in parameters.All("parameter"))
        {
            var location = $"Parameters.parameter[{operations.Count.ToString(CultureInfo.InvariantCulture)}]";
            if (parameter.Text("name") != "operation" || operations.Count == MaxOperations)
                return FhirPathPatchOperation.Faulty(location, "operation");
            var operation = FhirPathPatchOperation.Read(parameter, location);
            if (operation.Failed)
                return operation.Problem;
            operations.Add(operation.Value);
        }
        return operations.Count == 0
            ? FhirPathPatchOperation.Faulty("Parameters.parameter", "operation")
            : new FhirPathPatch(operations.DrainToImmutable());
    }

    /// <summary>The resource after all operations, or the first that cannot be done.</summary>
    /// <param name="clock">For paths that ask for the time.</param>
    public Outcome<ElementNode> Apply(ElementNode resource, TimeProvider clock)
    {
        var steps = FhirPathBudget.Default.Steps;
        foreach (var operation in _operations)
        {
            var context = new FhirPathContext
            {
                Clock = clock,
                Budget = FhirPathBudget.Default with { Steps = steps },
            };
            var found = operation.Path.Evaluate(resource, context);
            steps = context.StepsLeft;
            if (found.Error is { } error)
                return new Problem(
                    ProblemKind.Unprocessable, [error.ToIssue(operation.Path.Text, operation.Location)]);
            var done = Do(operation, resource, [.. found.Values.Select(v => v.Node).OfType<ElementNode>()]);
            if (done.Failed)
                return done.Problem;
            resource = done.Value;
        }
        return resource;
    }

    private static Outcome<ElementNode> Do(
        FhirPathPatchOperation operation, ElementNode resource, ImmutableArray<ElementNode> found) =>
        operation.Kind switch
        {
            FhirPathPatchKind.Add => Add(operation, resource, found),
            FhirPathPatchKind.Replace => Replace(operation, resource, found),
            FhirPathPatchKind.Delete => Delete(operation, resource, found),
            _ => Rearrange(operation, resource, found),
        };

    private static Outcome<ElementNode> Add(
        FhirPathPatchOperation operation, ElementNode resource, ImmutableArray<ElementNode> found)
    {
        if (found.Length != 1)
            return WrongCount(operation, found.Length);
        var parent = found[0];
        if (PatchValue.ElementOf(parent.Type, operation.Name!) is not { } element)
            return operation.Refuse(FhirPathMessages.UnknownElement, parent.Type.Name, operation.Name!);
        if (!element.IsArray && parent[element.Name] is not null)
            return operation.Refuse(PatchMessages.AlreadyThere, element.Path);
        return PatchValue.Build(operation.Value!, element) is { } value
            ? Substituted(operation, resource, parent, parent.Append(value))
            : operation.Refuse(PatchMessages.ValueMisfit, element.Path);
    }

    private static Outcome<ElementNode> Replace(
        FhirPathPatchOperation operation, ElementNode resource, ImmutableArray<ElementNode> found)
    {
        if (found.Length != 1)
            return WrongCount(operation, found.Length);
        if (found[0].Property is not { Element: var element })
            return operation.Refuse(PatchMessages.ValueMisfit, found[0].Name);
        return PatchValue.Build(operation.Value!, element) is { } value
            ? Substituted(operation, resource, found[0], value)
            : operation.Refuse(PatchMessages.ValueMisfit, element.Path);
    }

    private static Outcome<ElementNode> Delete(
        FhirPathPatchOperation operation, ElementNode resource, ImmutableArray<ElementNode> found)
    {
        if (found.IsEmpty)
            return resource;
        return found.Length > 1 || found[0].Property is null
            ? WrongCount(operation, found.Length)
            : Substituted(operation, resource, found[0], null);
    }

    /// <summary>insert and move: the path finds the whole list.</summary>
    private static Outcome<ElementNode> Rearrange(
        FhirPathPatchOperation operation, ElementNode resource, ImmutableArray<ElementNode> found)
    {
        if (found.IsEmpty || found[0].Property is not { Element: { IsArray: true } element })
            return WrongCount(operation, found.Length);
        var parent = resource.ParentOf(found[0]);
        if (parent is null || !parent.All(element.Name).SequenceEqual(found))
            return WrongCount(operation, found.Length);
        var items = found.ToBuilder();
        if (operation.Kind == FhirPathPatchKind.Insert)
        {
            if (operation.Index > items.Count)
                return operation.Refuse(PatchMessages.PartFaulty, "index");
            if (PatchValue.Build(operation.Value!, element) is not { } value)
                return operation.Refuse(PatchMessages.ValueMisfit, element.Path);
            items.Insert(operation.Index, value);
        }
        else
        {
            if (operation.Index >= items.Count)
                return operation.Refuse(PatchMessages.PartFaulty, "source");
            if (operation.Destination >= items.Count)
                return operation.Refuse(PatchMessages.PartFaulty, "destination");
            items.RemoveAt(operation.Index);
            items.Insert(operation.Destination, found[operation.Index]);
        }
        return Substituted(operation, resource, parent, parent.Replace(element.Name, [.. items]));
    }

    private static Outcome<ElementNode> Substituted(
        FhirPathPatchOperation operation, ElementNode resource, ElementNode old, ElementNode? node) =>
        resource.Substitute(old, node) is { } changed ? changed : WrongCount(operation, 0);

    private static Problem WrongCount(FhirPathPatchOperation operation, int count) => operation.Refuse(
        PatchMessages.WrongCount, count.ToString(CultureInfo.InvariantCulture));
}
