using Ringfence.Edge.Configuration;
using Ringfence.Edge.Stages;
using Ringfence.Media.Tones;

namespace Ringfence.Edge.Gate;

/// <summary>Whose ringback a caller hears.</summary>
internal static class RingbackChoice
{
    /// <summary>
    /// That of the trunk, else the general one. Where that is the caller's own: that of the country of its number, else of the
    /// language that it prefers, else the general one, else that of the United States.
    /// </summary>
    internal static ToneCadence Of(GateSetup setup)
    {
        string general = setup.EarlyMedia.Ringback;
        string country = setup.Trunk.Configuration.Ringback ?? general;
        CountryTones? tones = country == EarlyMediaConfiguration.OfCaller ? OfCaller(setup) : Find(country);
        return (tones ?? Find(general) ?? Find("us")!).Ringback.Cadence;
    }

    private static CountryTones? OfCaller(GateSetup setup) =>
        (setup.Parties.Caller.Text.StartsWith('+') ? TonePlan.Default.ByNumber(setup.Parties.Caller.Text) : null)
        ?? TonePlan.Default.ByLanguage(setup.AcceptLanguage);

    private static CountryTones? Find(string country) => TonePlan.Default.ByCountry(country.ToUpperInvariant());
}
