using System.ComponentModel;

namespace Ringfence.Edge.Web.Desk;

/// <summary>What is known of a number.</summary>
internal sealed record NumberAnswer
{
    [Description("In its one normal form")]
    public required string Number { get; init; }

    [Description("Number, Local, Address, Anonymous or Invalid")]
    public required string Form { get; init; }

    [Description("From 100 (nobody complains) to 0")]
    public required int Reputation { get; init; }

    [Description("Different callees that reported it, lately")]
    public required int Reporters { get; init; }

    [Description("An appeal was granted and holds")]
    public required bool Vouched { get; init; }

    [Description("How it has been dialling, as policies ask for it")]
    public required Screening.Facts.RateFacts Rates { get; init; }

    [Description("The operator's lists that it is on, as a caller")]
    public required IReadOnlyList<string> Lists { get; init; }

    [Description("Reports about it, whether they count or not")]
    public required IReadOnlyList<NumberReport> Reports { get; init; }

    [Description("Its latest calls")]
    public required IReadOnlyList<NumberCall> Calls { get; init; }
}
