using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ringfence.Codes;
using Ringfence.Edge.Web;

namespace Ringfence.Web.Tests;

public sealed class AllComparisonsTests(ITestOutputHelper output)
{
    private const int PairsOfRegisteredCodes = 2775;

    [Fact]
    public async Task Every_comparison_of_registered_codes_keeps_the_rules_in_every_language()
    {
        int[] codes = [.. CodeCatalogue.Registered.Select(facts => facts.Code)];
        CodePair[] pairs = [.. from one in codes from other in codes where one < other select new CodePair(one, other)];
        pairs.Length.ShouldBe(PairsOfRegisteredCodes);
        await using CodePages pages = new();
        foreach (string name in Site.Languages)
        {
            CodePath path = new(Language.Load(name), "https://codes.example.net");
            ConcurrentBag<string> faults = [];
            long total = 0;
            long rendering = 0;
            int largest = 0;
            await Parallel.ForEachAsync(
                pairs,
                TestContext.Current.CancellationToken,
                async (pair, _) =>
                {
                    long start = Stopwatch.GetTimestamp();
                    string html = await pages.CompareAsync(path, pair);
                    Interlocked.Add(ref rendering, Stopwatch.GetElapsedTime(start).Ticks);
                    int size = Encoding.UTF8.GetByteCount(html);
                    Interlocked.Add(ref total, size);
                    InterlockedMax(ref largest, size);
                    foreach (string fault in PageRules.Faults(html, name))
                    {
                        faults.Add($"{pair}: {fault}");
                    }
                }
            );
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: {pairs.Length} pages, {total / 1e6:F1} MB, largest {largest} bytes, {TimeSpan.FromTicks(rendering / pairs.Length).TotalMilliseconds:F2} ms a page to render"
                )
            );
            faults.Take(10).ShouldBeEmpty($"{name}: {faults.Count} faults");
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen && Interlocked.CompareExchange(ref target, value, seen) is var before && before != seen)
        {
            seen = before;
        }
    }
}
