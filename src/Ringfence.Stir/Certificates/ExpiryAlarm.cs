namespace Ringfence.Stir.Certificates;

/// <summary>Certificates that end soon.</summary>
public static class ExpiryAlarm
{
    /// <summary>Those that end within a time, the first to end first.</summary>
    /// <param name="certificates">One's own signers, or a cache's.</param>
    /// <param name="now">Now.</param>
    /// <param name="within">How far to look ahead.</param>
    public static IReadOnlyList<StirCertificate> Ending(
        IEnumerable<StirCertificate> certificates,
        DateTimeOffset now,
        TimeSpan within
    ) =>
        [
            .. certificates
                .Where(certificate => certificate.NotAfter - now <= within)
                .OrderBy(certificate => certificate.NotAfter),
        ];
}
