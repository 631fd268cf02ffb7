using System.ComponentModel;

namespace Ringfence.Edge.Web.Desk;

/// <summary>What is known of a number.</summary>
public sealed record NumberAnswer
{
    /// <summary>The number in its one normal form.</summary>
    [Description("In its one normal form")]
    public required string Number { get; init; }

    /// <summary>What kind of name it is.</summary>
    [Description("Number, Local, Address, Anonymous or Invalid")]
    public required string Form { get; init; }

    /// <summary>From 100, nobody complains, to 0.</summary>
    [Description("From 100 (nobody complains) to 0")]
    public required int Reputation { get; init; }

    /// <summary>Different callees that reported it, lately.</summary>
    [Description("Different callees that reported it, lately")]
    public required int Reporters { get; init; }

    /// <summary>Whether an appeal was granted and holds.</summary>
    [Description("An appeal was granted and holds")]
    public required bool Vouched { get; init; }

    /// <summary>How it has been dialling.</summary>
    [Description("How it has been dialling, as policies ask for it")]
    public required Screening.Facts.RateFacts Rates { get; init; }

    /// <summary>The operator's lists that it is on.</summary>
    [Description("The operator's lists that it is on, as a caller")]
    public required IReadOnlyList<string> Lists { get; init; }

    /// <summary>Reports about it.</summary>
    [Description("Reports about it, whether they count or not")]
    public required IReadOnlyList<NumberReport> Reports { get; init; }

    /// <summary>Its latest calls.</summary>
    [Description("Its latest calls")]
    public required IReadOnlyList<NumberCall> Calls { get; init; }
}
