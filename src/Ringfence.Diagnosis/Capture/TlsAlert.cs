namespace Ringfence.Diagnosis.Capture;

/// <summary>A TLS alert that could be read: before the connection is encrypted, or with its keys.</summary>
/// <param name="Frame">The frame it was in.</param>
/// <param name="Time">Nanoseconds since 1970.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="Destination">To whom.</param>
/// <param name="Description">The number of the alert (RFC 8446 §6).</param>
public readonly record struct TlsAlert(
    long Frame,
    long Time,
    PacketAddress Source,
    PacketAddress Destination,
    byte Description
)
{
    /// <summary>Whether it could not be read: a record of TLS 1.3 that by its length and place can be nothing but an alert.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>The alert's name as the RFC has it.</summary>
    public string Name =>
        IsEncrypted
            ? "encrypted"
            : Description switch
            {
                10 => "unexpected_message",
                20 => "bad_record_mac",
                40 => "handshake_failure",
                42 => "bad_certificate",
                43 => "unsupported_certificate",
                44 => "certificate_revoked",
                45 => "certificate_expired",
                46 => "certificate_unknown",
                47 => "illegal_parameter",
                48 => "unknown_ca",
                49 => "access_denied",
                50 => "decode_error",
                51 => "decrypt_error",
                70 => "protocol_version",
                71 => "insufficient_security",
                80 => "internal_error",
                86 => "inappropriate_fallback",
                109 => "missing_extension",
                112 => "unrecognized_name",
                116 => "certificate_required",
                120 => "no_application_protocol",
                _ => Description.ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
}
