namespace Ringfence.Diagnosis.Capture.Fetches;

/// <summary>One thing that happened on the way to a file behind https.</summary>
/// <param name="Kind">What.</param>
/// <param name="Frame">The frame that shows it.</param>
/// <param name="Time">Nanoseconds since 1970.</param>
/// <param name="Client">Who fetches.</param>
/// <param name="Server">From whom; of names, the server that was asked.</param>
/// <param name="Host">The name of the server; empty where nothing told it.</param>
/// <param name="What">The error of DNS, the alert of TLS, or the status of HTTP.</param>
/// <param name="Path">What HTTP was asked for; empty where the request was not seen.</param>
internal readonly record struct FetchStep(
    FetchStepKind Kind,
    long Frame,
    long Time,
    PacketAddress Client,
    PacketAddress Server,
    string Host,
    string What = "",
    string Path = ""
);
