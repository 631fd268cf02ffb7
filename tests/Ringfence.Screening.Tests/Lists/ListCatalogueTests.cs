using System.Collections.Immutable;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;

namespace Ringfence.Screening.Tests.Lists;

public sealed class ListCatalogueTests
{
    [Fact]
    public void Every_list_that_a_party_is_on_is_a_hit()
    {
        var catalogue = new ListCatalogue();
        catalogue.Replace("blocked", ListOf("+336*"));
        catalogue.Replace("allowed", ListOf("+33612345678"));
        catalogue.Replace("other", ListOf("+44*"));
        var hits = ImmutableArray<ListHit>.Empty;
        catalogue.Look(Party.Parse("+33612345678"), ListSubject.Caller, ref hits);
        hits.ShouldBe([
            new ListHit("allowed", ListSubject.Caller, "+33612345678"),
            new ListHit("blocked", ListSubject.Caller, "+336*"),
        ]);
        catalogue.Names.ShouldBe(["allowed", "blocked", "other"]);
    }

    [Fact]
    public void A_list_is_exchanged_whole()
    {
        var catalogue = new ListCatalogue();
        catalogue.Replace("blocked", ListOf("+331"));
        var before = catalogue.Find("blocked").ShouldNotBeNull();
        catalogue.Replace("blocked", ListOf("+332"));
        before.TryFind(Party.Parse("+331"), out _).ShouldBeTrue();
        catalogue.Find("blocked").ShouldNotBeNull().TryFind(Party.Parse("+331"), out _).ShouldBeFalse();
        catalogue.Remove("blocked").ShouldBeTrue();
        catalogue.Remove("blocked").ShouldBeFalse();
        catalogue.Find("blocked").ShouldBeNull();
    }

    [Fact]
    public void Readers_see_the_old_list_or_the_new_one_and_nothing_between()
    {
        var catalogue = new ListCatalogue();
        catalogue.Replace("l", ListOf("+331", "+332"));
        var torn = 0;
        Parallel.For(
            0,
            2000,
            i =>
            {
                if (i % 10 == 0)
                {
                    catalogue.Replace("l", i % 20 == 0 ? ListOf("+331", "+332") : ListOf("+333", "+334"));
                }

                var list = catalogue.Find("l")!;
                var (old, next) = (list.TryFind(Party.Parse("+331"), out _), list.TryFind(Party.Parse("+334"), out _));
                Interlocked.Add(ref torn, old == next ? 1 : 0);
            }
        );
        torn.ShouldBe(0);
    }

    [Fact]
    public void A_callee_sees_and_reverses_its_own_entries_and_no_others()
    {
        var lists = new PersonalLists();
        var (alice, bob) = (Party.Parse("+33199000001"), Party.Parse("+33199000002"));
        var caller = Party.Parse("+33612345678");
        lists.Put(alice, Entry(caller, isAllowed: false, until: Calls.Noon.AddDays(1)));

        Hits(lists, alice, caller, Calls.Noon)
            .ShouldBe([new ListHit(WellKnownLists.CalleeBlocked, ListSubject.Caller, "+33612345678")]);
        Hits(lists, bob, caller, Calls.Noon).ShouldBeEmpty();
        Hits(lists, alice, caller, Calls.Noon.AddDays(1)).ShouldBeEmpty();
        lists.EntriesOf(alice, Calls.Noon).Length.ShouldBe(1);
        lists.EntriesOf(alice, Calls.Noon.AddDays(2)).ShouldBeEmpty();

        lists.Put(alice, Entry(caller, isAllowed: true, until: null));
        Hits(lists, alice, caller, Calls.Noon).Single().List.ShouldBe(WellKnownLists.CalleeAllowed);
        lists.Remove(alice, caller).ShouldBeTrue();
        lists.Remove(alice, caller).ShouldBeFalse();
        Hits(lists, alice, caller, Calls.Noon).ShouldBeEmpty();
    }

    [Fact]
    public void A_personal_list_is_bounded_and_the_oldest_entry_makes_room()
    {
        var lists = new PersonalLists();
        var alice = Party.Parse("+33199000001");
        for (var i = 0; i <= PersonalLists.MaxEntries; i++)
        {
            lists.Put(alice, Entry(Party.Parse($"+336{i:D8}"), isAllowed: false, until: null));
        }

        lists.EntriesOf(alice, Calls.Noon).Length.ShouldBe(PersonalLists.MaxEntries);
        Hits(lists, alice, Party.Parse("+33600000000"), Calls.Noon).ShouldBeEmpty();
        Hits(lists, alice, Party.Parse("+33600000001"), Calls.Noon).ShouldNotBeEmpty();
    }

    private static PersonalEntry Entry(Party caller, bool isAllowed, DateTimeOffset? until) =>
        new()
        {
            Caller = caller,
            IsAllowed = isAllowed,
            Since = Calls.Noon,
            Until = until,
        };

    private static ImmutableArray<ListHit> Hits(PersonalLists lists, Party callee, Party caller, DateTimeOffset at)
    {
        var hits = ImmutableArray<ListHit>.Empty;
        lists.Look(callee, caller, at, ref hits);
        return hits;
    }

    private static NumberList ListOf(params string[] entries)
    {
        var builder = new NumberListBuilder();
        Array.ForEach(entries, e => builder.TryAdd(e, label: null, out _).ShouldBeTrue());
        return builder.Build();
    }
}
