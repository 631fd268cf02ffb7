using System.ComponentModel;
using System.Text.Json.Serialization;
using Ringfence.Screening.Policy;

namespace Ringfence.Edge.Evidence;

/// <summary>A callee's wishes as they are written and kept: <c>{"quiet":"22:00-07:00","refuseAnonymous":true,"strangers":"SayWho"}</c>.</summary>
internal sealed record Wishes
{
    [Description("When the callee does not want to be called: \"mon-fri 22:00-07:00 Europe/Paris\"; null for never")]
    public string? Quiet { get; init; }

    [Description("Callers who withhold their number are refused with 433")]
    public bool RefuseAnonymous { get; init; }

    [Description(
        "Callers whom the callee neither allowed nor knows: the policy decides, they say who they are, or they are refused"
    )]
    [JsonConverter(typeof(JsonStringEnumConverter<StrangerWish>))]
    public StrangerWish Strangers { get; init; }

    internal static Wishes Of(CalleePreferences preferences) =>
        new()
        {
            Quiet = preferences.Quiet?.ToString(),
            RefuseAnonymous = preferences.RefuseAnonymous,
            Strangers = preferences.Strangers,
        };

    /// <summary>The wishes in force; null with the fault, in words, where the hours are none.</summary>
    internal CalleePreferences? Read(out string? fault)
    {
        Schedule? quiet = null;
        fault = null;
        return Quiet is null || Schedule.TryParse(Quiet, out quiet, out fault)
            ? new CalleePreferences
            {
                Quiet = quiet,
                RefuseAnonymous = RefuseAnonymous,
                Strangers = Strangers,
            }
            : null;
    }
}
