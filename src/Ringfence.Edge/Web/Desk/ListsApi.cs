using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Pipeline;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Reputation;

namespace Ringfence.Edge.Web.Desk;

/// <summary>Callees' own lists and wishes, the operator's lists, and what is known of numbers.</summary>
internal sealed class ListsApi(EdgeServices services, NumberBook numbers, TimeProvider clock)
{
    internal void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapGroup("/api/v1").WithTags("evidence");
        api.MapGet(
                "/lists",
                () => services.Lists.Names.Select(name => new ListSummary(name, services.Lists.Find(name)!.Count))
            )
            .WithName("lists")
            .WithSummary("The operator's lists");
        api.MapGet("/lists/{callee}", Entries)
            .WithName("list")
            .WithSummary("A callee's own list: what is in force")
            .Produces<ListEntryAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapPut("/lists/{callee}/{caller}", Put)
            .WithName("put")
            .WithSummary("Puts a caller onto a callee's list, or into its address book")
            .Produces<ListEntryAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapDelete("/lists/{callee}/{caller}", Remove)
            .WithName("remove")
            .WithSummary("Takes a caller off a callee's lists")
            .Produces<ListEntryAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/wishes/{callee}", WishesOf)
            .WithName("wishes")
            .WithSummary("What a callee wants beyond its list")
            .Produces<Wishes>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapPut("/wishes/{callee}", Wish)
            .WithName("wish")
            .WithSummary("Sets what a callee wants beyond its list")
            .Produces<Wishes>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/numbers/{number}", Number)
            .WithName("number")
            .WithSummary("What is known of a number")
            .Produces<NumberAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapDelete("/numbers/{number}/reputation", Reassign)
            .WithName("reassign")
            .WithSummary("The number has a new owner: what was said of it counts no more")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private IResult Entries(string callee) =>
        DeskParty.Read(callee, "callee", out Party party) is { } fault ? Bad(fault) : Listed(party);

    private IResult Put(string callee, string caller, ListEntryRequest entry)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string? fault =
            DeskParty.Read(callee, "callee", out Party party)
            ?? DeskParty.Read(caller, "caller", out Party other)
            ?? (entry.List is "blocked" or "allowed" or "contacts" ? null : "list: blocked, allowed or contacts.")
            ?? (entry.Until <= now ? "until: a time to come, or nothing for always." : null);
        if (fault is not null)
        {
            return Bad(fault);
        }

        other = Party.Parse(caller);
        if (entry.List == "contacts")
        {
            services.Evidence.Contact(party, other, isContact: true, now);
        }
        else
        {
            services.Evidence.Put(
                party,
                new PersonalEntry
                {
                    Caller = other,
                    IsAllowed = entry.List == "allowed",
                    Since = now,
                    Until = entry.Until,
                    Channel = ReportChannel.Api,
                }
            );
        }

        return Listed(party);
    }

    private IResult Remove(string callee, string caller)
    {
        if (
            DeskParty.Read(callee, "callee", out Party party) is { } fault
            || (fault = DeskParty.Read(caller, "caller", out _)) is not null
        )
        {
            return Bad(fault);
        }

        Party other = Party.Parse(caller);
        bool wasContact = services.Evidence.Histories.Of(party, other).Contact;
        if (wasContact)
        {
            services.Evidence.Contact(party, other, isContact: false, clock.GetUtcNow());
        }

        return services.Evidence.Forget(party, other) || wasContact
            ? Listed(party)
            : Results.Problem(
                "The caller is on none of the callee's lists.",
                statusCode: StatusCodes.Status404NotFound
            );
    }

    private IResult WishesOf(string callee) =>
        DeskParty.Read(callee, "callee", out Party party) is { } fault
            ? Bad(fault)
            : Results.Json(Wishes.Of(services.Evidence.PreferencesOf(party) ?? new CalleePreferences()));

    private IResult Wish(string callee, Wishes wishes)
    {
        if (DeskParty.Read(callee, "callee", out Party party) is { } fault)
        {
            return Bad(fault);
        }

        if (wishes.Read(out string? wrong) is not { } preferences)
        {
            return Bad($"quiet: {wrong}.");
        }

        bool isPlain = preferences is { Quiet: null, RefuseAnonymous: false, Strangers: StrangerWish.Default };
        return services.Evidence.Prefer(party, isPlain ? null : preferences)
            ? Results.Json(Wishes.Of(preferences))
            : Results.Problem("Too many callees have wishes.", statusCode: StatusCodes.Status507InsufficientStorage);
    }

    private IResult Number(string number)
    {
        Party party = Party.Parse(number);
        if (party.Form == PartyForm.None)
        {
            return Bad("number: as +33199001234.");
        }

        return Results.Json(numbers.Of(party));
    }

    private IResult Reassign(string number)
    {
        if (DeskParty.Read(number, "number", out Party party) is { } fault)
        {
            return Bad(fault);
        }

        services.Reputation.Reassign(party);
        return Results.NoContent();
    }

    private IResult Listed(Party callee) =>
        Results.Json(
            services
                .Evidence.Lists.EntriesOf(callee, clock.GetUtcNow())
                .Select(entry => new ListEntryAnswer
                {
                    Caller = entry.Caller.Text,
                    List = entry.IsAllowed ? "allowed" : "blocked",
                    Since = entry.Since,
                    Until = entry.Until,
                    Via = entry.Channel.ToString(),
                })
                .Concat(
                    services
                        .Evidence.Histories.ContactsOf(callee)
                        .Select(contact => new ListEntryAnswer
                        {
                            Caller = contact.Caller.Text,
                            List = "contacts",
                            Since = contact.Since,
                            Until = null,
                            Via = nameof(ReportChannel.Api),
                        })
                )
        );

    private static IResult Bad(string fault) => Results.Problem(fault, statusCode: StatusCodes.Status400BadRequest);
}
