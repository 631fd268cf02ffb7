namespace Ringfence.Stir.Passport;

/// <summary>The names of the kinds in "ppt".</summary>
internal static class PassportTypes
{
    /// <summary>The kind of a "ppt" value.</summary>
    public static PassportType Of(string? ppt) =>
        ppt switch
        {
            null => PassportType.Baseline,
            "shaken" => PassportType.Shaken,
            "div" => PassportType.Div,
            "div-o" => PassportType.DivO,
            "rcd" => PassportType.Rcd,
            "rph" => PassportType.Rph,
            _ => PassportType.Unsupported,
        };

    /// <summary>The "ppt" value of a kind; null for the baseline.</summary>
    public static string? Name(PassportType type) =>
        type switch
        {
            PassportType.Baseline => null,
            PassportType.Shaken => "shaken",
            PassportType.Div => "div",
            PassportType.DivO => "div-o",
            PassportType.Rcd => "rcd",
            PassportType.Rph => "rph",
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
}
