using Ringfence.Screening.Lists;
using Ringfence.Stir.Claims;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads who gets which attestation: <c>attest: { A: own-numbers, B: customers, default: C }</c>, and <c>customers</c>.</summary>
internal sealed class StirAttestReader(
    string folder,
    IReadOnlyList<ListConfiguration> lists,
    IReadOnlyList<TrunkConfiguration> trunks,
    Mistakes mistakes
)
{
    internal NumberList? Own { get; private set; }

    internal NumberList? Customers { get; private set; }

    internal HashSet<string> CustomerTrunks { get; } = new(StringComparer.Ordinal);

    internal Attestation Default { get; private set; } = Attestation.C;

    internal void Read(YamlNode? node)
    {
        if (node is null)
        {
            return;
        }

        YamlMap map = YamlMap.From(node, "attest", "{ A: own-numbers.txt, default: C }", mistakes);
        if (map.Text("A", "own-numbers.txt") is { } own)
        {
            Own = Numbers(own, map.Get("A")!);
        }

        foreach ((string name, YamlNode at) in map.Texts("B", "customers"))
        {
            if (trunks.Any(trunk => trunk.Name == name))
            {
                CustomerTrunks.Add(name);
            }
            else
            {
                Customers = Customers is null ? Numbers(name, at) : Twice(at);
            }
        }

        Default = map.Choice(
            "default",
            ("C", Attestation.C),
            ("B", Attestation.B),
            ("A", Attestation.A),
            ("none", Attestation.None)
        );
        map.RefuseOthers("attest");
    }

    internal List<StirCustomerConfiguration> ReadCustomers(YamlMap map)
    {
        const string example = "{ name: acme, numbers: acme-numbers, trunks: [ pbx-2 ], quota-per-minute: 60 }";
        List<StirCustomerConfiguration> customers = [];
        foreach (YamlNode node in map.List("customers"))
        {
            YamlMap customer = YamlMap.From(node, "a customer", example, mistakes);
            string name = customer.RequiredText("name", "acme");
            if (customers.Exists(known => known.Name == name))
            {
                mistakes.Add(node, $"customer \"{name}\" is there twice", "say all of it in one place");
            }

            if (customer.Get("numbers") is null && customer.Get("trunks") is null)
            {
                mistakes.Add(
                    node,
                    $"nothing says which calls are those of \"{name}\"",
                    $"numbers, trunks or both: {example}"
                );
            }

            string? numbers = customer.Text("numbers", "acme-numbers");
            customers.Add(
                new StirCustomerConfiguration
                {
                    Name = name,
                    Numbers = numbers is null ? null : Numbers(numbers, customer.Get("numbers")!),
                    Trunks = ReadTrunks(customer),
                    QuotaPerMinute = ConfigurationReader.ReadNumber(
                        customer,
                        "quota-per-minute",
                        0,
                        0,
                        1_000_000,
                        mistakes
                    ),
                }
            );
            customer.RefuseOthers("a customer");
        }

        return customers;
    }

    private HashSet<string> ReadTrunks(YamlMap customer)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach ((string name, YamlNode at) in customer.Texts("trunks", "pbx-2"))
        {
            if (trunks.All(trunk => trunk.Name != name))
            {
                mistakes.Add(
                    at,
                    $"there is no trunk \"{name}\"",
                    $"one of {string.Join(", ", trunks.Select(trunk => trunk.Name).Order())}"
                );
            }

            names.Add(name);
        }

        return names;
    }

    /// <summary>A list by its name, else a file of numbers.</summary>
    private NumberList? Numbers(string name, YamlNode at)
    {
        if (lists.FirstOrDefault(list => list.Name == name) is { } known)
        {
            return known.List;
        }

        try
        {
            using StreamReader text = File.OpenText(Path.GetFullPath(name, folder));
            ListImport import = ListFile.Read(text);
            foreach (RejectedLine line in import.Rejected)
            {
                mistakes.Add(
                    new ConfigurationMistake(
                        name,
                        line.Line,
                        1,
                        $"\"{line.Text}\": {line.Fault}",
                        "a number, first..last or prefix*"
                    )
                );
            }

            return import.List;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(
                at,
                $"\"{name}\" is neither a list nor a file of numbers: {e.Message}",
                $"a name of lists: or a file with one number a line"
            );
            return null;
        }
    }

    private NumberList? Twice(YamlNode at)
    {
        mistakes.Add(at, "B names two lists of numbers", "join them into one; trunks may be named besides it");
        return Customers;
    }
}
