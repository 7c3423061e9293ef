using System.Reflection;
using E3Gen.CodeFixes.Completion;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Diagnostics;

namespace E3Gen.CodeFixes.Tests.Support;

/// <summary>Asks the IDE's own completion service, which finds the provider in the assembly as it would in a package.</summary>
internal static class Offered
{
    /// <summary>What is offered at <c>$$</c>.</summary>
    public static async Task<(Document Document, CompletionService Service, IReadOnlyList<CompletionItem> Items)> CompletionAsync(
        string marked)
    {
        int position = marked.IndexOf("$$", StringComparison.Ordinal);
        var project = EditedProject.Create([marked.Remove(position, 2)]);
        var document = project
            .AddAnalyzerReference(new AnalyzerFileReference(typeof(IrrepsCompletion).Assembly.Location, new Loader()))
            .GetDocument(project.DocumentIds.Single())!;
        var service = CompletionService.GetService(document)!;
        var list = await service.GetCompletionsAsync(document, position);
        return (document, service, list.ItemsList);
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
