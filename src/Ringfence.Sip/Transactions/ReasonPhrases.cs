namespace Ringfence.Sip.Transactions;

/// <summary>The reason phrases of RFC 3261 §21 and of the documents that added codes.</summary>
internal static class ReasonPhrases
{
    internal static ReadOnlySpan<byte> Of(int statusCode) =>
        statusCode < 300 ? Good(statusCode)
        : statusCode < 500 ? RedirectedOrRefused(statusCode)
        : FailedOrDeclined(statusCode);

    private static ReadOnlySpan<byte> Good(int statusCode) =>
        statusCode switch
        {
            100 => "Trying"u8,
            180 => "Ringing"u8,
            181 => "Call Is Being Forwarded"u8,
            182 => "Queued"u8,
            199 => "Early Dialog Terminated"u8,
            < 200 => "Session Progress"u8,
            202 => "Accepted"u8,
            204 => "No Notification"u8,
            _ => "OK"u8,
        };

    private static ReadOnlySpan<byte> RedirectedOrRefused(int statusCode) =>
        statusCode switch
        {
            300 => "Multiple Choices"u8,
            301 => "Moved Permanently"u8,
            302 => "Moved Temporarily"u8,
            305 => "Use Proxy"u8,
            380 => "Alternative Service"u8,
            < 400 => "Redirect"u8,
            401 => "Unauthorized"u8,
            402 => "Payment Required"u8,
            403 => "Forbidden"u8,
            404 => "Not Found"u8,
            405 => "Method Not Allowed"u8,
            406 => "Not Acceptable"u8,
            407 => "Proxy Authentication Required"u8,
            408 => "Request Timeout"u8,
            410 => "Gone"u8,
            412 => "Conditional Request Failed"u8,
            413 => "Request Entity Too Large"u8,
            414 => "Request-URI Too Long"u8,
            415 => "Unsupported Media Type"u8,
            416 => "Unsupported URI Scheme"u8,
            417 => "Unknown Resource-Priority"u8,
            420 => "Bad Extension"u8,
            421 => "Extension Required"u8,
            422 => "Session Interval Too Small"u8,
            423 => "Interval Too Brief"u8,
            424 => "Bad Location Information"u8,
            425 => "Bad Alert Message"u8,
            428 => "Use Identity Header"u8,
            429 => "Provide Referrer Identity"u8,
            430 => "Flow Failed"u8,
            433 => "Anonymity Disallowed"u8,
            436 => "Bad Identity Info"u8,
            437 => "Unsupported Credential"u8,
            438 => "Invalid Identity Header"u8,
            439 => "First Hop Lacks Outbound Support"u8,
            440 => "Max-Breadth Exceeded"u8,
            469 => "Bad Info Package"u8,
            470 => "Consent Needed"u8,
            480 => "Temporarily Unavailable"u8,
            481 => "Call/Transaction Does Not Exist"u8,
            482 => "Loop Detected"u8,
            483 => "Too Many Hops"u8,
            484 => "Address Incomplete"u8,
            485 => "Ambiguous"u8,
            486 => "Busy Here"u8,
            487 => "Request Terminated"u8,
            488 => "Not Acceptable Here"u8,
            489 => "Bad Event"u8,
            491 => "Request Pending"u8,
            493 => "Undecipherable"u8,
            494 => "Security Agreement Required"u8,
            _ => "Request Failure"u8,
        };

    private static ReadOnlySpan<byte> FailedOrDeclined(int statusCode) =>
        statusCode switch
        {
            500 => "Server Internal Error"u8,
            501 => "Not Implemented"u8,
            502 => "Bad Gateway"u8,
            503 => "Service Unavailable"u8,
            504 => "Server Time-out"u8,
            505 => "Version Not Supported"u8,
            513 => "Message Too Large"u8,
            555 => "Push Notification Service Not Supported"u8,
            580 => "Precondition Failure"u8,
            < 600 => "Server Failure"u8,
            600 => "Busy Everywhere"u8,
            603 => "Decline"u8,
            604 => "Does Not Exist Anywhere"u8,
            606 => "Not Acceptable"u8,
            607 => "Unwanted"u8,
            608 => "Rejected"u8,
            _ => "Global Failure"u8,
        };
}
