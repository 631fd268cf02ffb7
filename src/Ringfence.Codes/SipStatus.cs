namespace Ringfence.Codes;

/// <summary>The registered SIP status codes by name (IANA registry of SIP response codes).</summary>
public static class SipStatus
{
    /// <summary>100 Trying (RFC 3261).</summary>
    public const int Trying = 100;

    /// <summary>180 Ringing (RFC 3261).</summary>
    public const int Ringing = 180;

    /// <summary>181 Call Is Being Forwarded (RFC 3261).</summary>
    public const int CallIsBeingForwarded = 181;

    /// <summary>182 Queued (RFC 3261).</summary>
    public const int Queued = 182;

    /// <summary>183 Session Progress (RFC 3261).</summary>
    public const int SessionProgress = 183;

    /// <summary>199 Early Dialog Terminated (RFC 6228).</summary>
    public const int EarlyDialogTerminated = 199;

    /// <summary>200 OK (RFC 3261).</summary>
    public const int Ok = 200;

    /// <summary>202 Accepted (Deprecated) (RFC 6665).</summary>
    public const int Accepted = 202;

    /// <summary>204 No Notification (RFC 5839).</summary>
    public const int NoNotification = 204;

    /// <summary>300 Multiple Choices (RFC 3261).</summary>
    public const int MultipleChoices = 300;

    /// <summary>301 Moved Permanently (RFC 3261).</summary>
    public const int MovedPermanently = 301;

    /// <summary>302 Moved Temporarily (RFC 3261).</summary>
    public const int MovedTemporarily = 302;

    /// <summary>305 Use Proxy (RFC 3261).</summary>
    public const int UseProxy = 305;

    /// <summary>380 Alternative Service (RFC 3261).</summary>
    public const int AlternativeService = 380;

    /// <summary>400 Bad Request (RFC 3261).</summary>
    public const int BadRequest = 400;

    /// <summary>401 Unauthorized (RFC 3261).</summary>
    public const int Unauthorized = 401;

    /// <summary>402 Payment Required (RFC 3261).</summary>
    public const int PaymentRequired = 402;

    /// <summary>403 Forbidden (RFC 3261).</summary>
    public const int Forbidden = 403;

    /// <summary>404 Not Found (RFC 3261).</summary>
    public const int NotFound = 404;

    /// <summary>405 Method Not Allowed (RFC 3261).</summary>
    public const int MethodNotAllowed = 405;

    /// <summary>406 Not Acceptable (RFC 3261).</summary>
    public const int NotAcceptable = 406;

    /// <summary>407 Proxy Authentication Required (RFC 3261).</summary>
    public const int ProxyAuthenticationRequired = 407;

    /// <summary>408 Request Timeout (RFC 3261).</summary>
    public const int RequestTimeout = 408;

    /// <summary>410 Gone (RFC 3261).</summary>
    public const int Gone = 410;

    /// <summary>412 Conditional Request Failed (RFC 3903).</summary>
    public const int ConditionalRequestFailed = 412;

    /// <summary>413 Request Entity Too Large (RFC 3261).</summary>
    public const int RequestEntityTooLarge = 413;

    /// <summary>414 Request-URI Too Long (RFC 3261).</summary>
    public const int RequestUriTooLong = 414;

    /// <summary>415 Unsupported Media Type (RFC 3261).</summary>
    public const int UnsupportedMediaType = 415;

    /// <summary>416 Unsupported URI Scheme (RFC 3261).</summary>
    public const int UnsupportedUriScheme = 416;

    /// <summary>417 Unknown Resource-Priority (RFC 4412).</summary>
    public const int UnknownResourcePriority = 417;

    /// <summary>420 Bad Extension (RFC 3261).</summary>
    public const int BadExtension = 420;

    /// <summary>421 Extension Required (RFC 3261).</summary>
    public const int ExtensionRequired = 421;

    /// <summary>422 Session Interval Too Small (RFC 4028).</summary>
    public const int SessionIntervalTooSmall = 422;

    /// <summary>423 Interval Too Brief (RFC 3261).</summary>
    public const int IntervalTooBrief = 423;

    /// <summary>424 Bad Location Information (RFC 6442).</summary>
    public const int BadLocationInformation = 424;

    /// <summary>425 Bad Alert Message (RFC 8876).</summary>
    public const int BadAlertMessage = 425;

    /// <summary>428 Use Identity Header (RFC 8224).</summary>
    public const int UseIdentityHeader = 428;

    /// <summary>429 Provide Referrer Identity (RFC 3892).</summary>
    public const int ProvideReferrerIdentity = 429;

    /// <summary>430 Flow Failed (RFC 5626).</summary>
    public const int FlowFailed = 430;

    /// <summary>433 Anonymity Disallowed (RFC 5079).</summary>
    public const int AnonymityDisallowed = 433;

    /// <summary>436 Bad Identity Info (RFC 8224).</summary>
    public const int BadIdentityInfo = 436;

    /// <summary>437 Unsupported Credential (RFC 8224).</summary>
    public const int UnsupportedCredential = 437;

    /// <summary>438 Invalid Identity Header (RFC 8224).</summary>
    public const int InvalidIdentityHeader = 438;

    /// <summary>439 First Hop Lacks Outbound Support (RFC 5626).</summary>
    public const int FirstHopLacksOutboundSupport = 439;

    /// <summary>440 Max-Breadth Exceeded (RFC 5393).</summary>
    public const int MaxBreadthExceeded = 440;

    /// <summary>469 Bad Info Package (RFC 6086).</summary>
    public const int BadInfoPackage = 469;

    /// <summary>470 Consent Needed (RFC 5360).</summary>
    public const int ConsentNeeded = 470;

    /// <summary>480 Temporarily Unavailable (RFC 3261).</summary>
    public const int TemporarilyUnavailable = 480;

    /// <summary>481 Call/Transaction Does Not Exist (RFC 3261).</summary>
    public const int CallTransactionDoesNotExist = 481;

    /// <summary>482 Loop Detected (RFC 3261).</summary>
    public const int LoopDetected = 482;

    /// <summary>483 Too Many Hops (RFC 3261).</summary>
    public const int TooManyHops = 483;

    /// <summary>484 Address Incomplete (RFC 3261).</summary>
    public const int AddressIncomplete = 484;

    /// <summary>485 Ambiguous (RFC 3261).</summary>
    public const int Ambiguous = 485;

    /// <summary>486 Busy Here (RFC 3261).</summary>
    public const int BusyHere = 486;

    /// <summary>487 Request Terminated (RFC 3261).</summary>
    public const int RequestTerminated = 487;

    /// <summary>488 Not Acceptable Here (RFC 3261).</summary>
    public const int NotAcceptableHere = 488;

    /// <summary>489 Bad Event (RFC 6665).</summary>
    public const int BadEvent = 489;

    /// <summary>491 Request Pending (RFC 3261).</summary>
    public const int RequestPending = 491;

    /// <summary>493 Undecipherable (RFC 3261).</summary>
    public const int Undecipherable = 493;

    /// <summary>494 Security Agreement Required (RFC 3329).</summary>
    public const int SecurityAgreementRequired = 494;

    /// <summary>500 Server Internal Error (RFC 3261).</summary>
    public const int ServerInternalError = 500;

    /// <summary>501 Not Implemented (RFC 3261).</summary>
    public const int NotImplemented = 501;

    /// <summary>502 Bad Gateway (RFC 3261).</summary>
    public const int BadGateway = 502;

    /// <summary>503 Service Unavailable (RFC 3261).</summary>
    public const int ServiceUnavailable = 503;

    /// <summary>504 Server Time-out (RFC 3261).</summary>
    public const int ServerTimeout = 504;

    /// <summary>505 Version Not Supported (RFC 3261).</summary>
    public const int VersionNotSupported = 505;

    /// <summary>513 Message Too Large (RFC 3261).</summary>
    public const int MessageTooLarge = 513;

    /// <summary>555 Push Notification Service Not Supported (RFC 8599).</summary>
    public const int PushNotificationServiceNotSupported = 555;

    /// <summary>580 Precondition Failure (RFC 3312).</summary>
    public const int PreconditionFailure = 580;

    /// <summary>600 Busy Everywhere (RFC 3261).</summary>
    public const int BusyEverywhere = 600;

    /// <summary>603 Decline (RFC 3261).</summary>
    public const int Decline = 603;

    /// <summary>604 Does Not Exist Anywhere (RFC 3261).</summary>
    public const int DoesNotExistAnywhere = 604;

    /// <summary>606 Not Acceptable (RFC 3261).</summary>
    public const int NotAcceptableAnywhere = 606;

    /// <summary>607 Unwanted (RFC 8197).</summary>
    public const int Unwanted = 607;

    /// <summary>608 Rejected (RFC 8688).</summary>
    public const int Rejected = 608;
}
