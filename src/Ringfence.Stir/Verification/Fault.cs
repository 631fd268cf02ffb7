namespace Ringfence.Stir.Verification;

/// <summary>
/// Every way in which a PASSporT can be wrong. The hundreds are the <see cref="VerificationRule"/> that failed; the number is stable
/// and may be logged.
/// </summary>
// One line a fault, so that the file can be read as the table that it is.
// csharpier-ignore
public enum Fault : ushort
{
    /** <summary>Nothing is wrong.</summary> */None = 0,

    /** <summary>The header is longer than the limit.</summary> */HeaderTooLong = 101,

    /** <summary>The header carries no token.</summary> */HeaderEmpty = 102,

    /** <summary>The token holds characters that the grammar does not have.</summary> */HeaderDigest = 103,

    /** <summary>The "info" parameter is missing.</summary> */HeaderInfoMissing = 104,

    /** <summary>The "info" parameter is not a URI in angle brackets.</summary> */HeaderInfoMalformed = 105,

    /** <summary>A parameter does not follow the grammar.</summary> */HeaderParameterMalformed = 106,

    /** <summary>A parameter appears twice.</summary> */HeaderParameterTwice = 107,

    /** <summary>The "alg" parameter names another algorithm than ES256.</summary> */HeaderAlgorithm = 108,

    /** <summary>The request carries more Identity headers than the limit.</summary> */TooManyIdentities = 109,

    /** <summary>The token does not have three parts.</summary> */TokenParts = 201,

    /** <summary>A part holds a character outside base64url.</summary> */TokenBase64 = 202,

    /** <summary>A part is padded.</summary> */TokenPadding = 203,

    /** <summary>A part has an impossible length or bits set past its end.</summary> */TokenBase64Bits = 204,

    /** <summary>The signature is not 64 octets long.</summary> */TokenSignatureLength = 205,

    /** <summary>The signature is DER-encoded instead of the two integers of JWS.</summary> */TokenSignatureDer = 206,

    /** <summary>Only one of header and payload is absent.</summary> */TokenHalfCompact = 207,

    /** <summary>The compact form is not permitted for this kind of PASSporT.</summary> */CompactNotPermitted = 208,

    /** <summary>The compact form needs a Date header.</summary> */CompactWithoutDate = 209,

    /** <summary>The JOSE header is not JSON.</summary> */JoseSyntax = 301,

    /** <summary>A member of the JOSE header appears twice.</summary> */JoseDuplicate = 302,

    /** <summary>The JOSE header is nested too deeply.</summary> */JoseDepth = 303,

    /** <summary>Data follows the JOSE header's object.</summary> */JoseTrailing = 304,

    /** <summary>The JOSE header is not an object.</summary> */JoseNotObject = 305,

    /** <summary>The JOSE header is not UTF-8.</summary> */JoseEncoding = 306,

    /** <summary>The JOSE header has too many members.</summary> */JoseTooLarge = 307,

    /** <summary>A number in the JOSE header is not an integer.</summary> */JoseNumber = 308,

    /** <summary>The JOSE header has no "alg".</summary> */JoseAlgorithmMissing = 311,

    /** <summary>The JOSE header asks for no signature at all.</summary> */JoseAlgorithmNone = 312,

    /** <summary>The JOSE header names another algorithm than ES256.</summary> */JoseAlgorithm = 313,

    /** <summary>The JOSE header has no "typ".</summary> */JoseTypeMissing = 314,

    /** <summary>The JOSE header's "typ" is not "passport".</summary> */JoseType = 315,

    /** <summary>A member of the JOSE header that must be a string is not.</summary> */JoseMemberType = 316,

    /** <summary>The JOSE header lists critical extensions that are not understood.</summary> */JoseCritical = 317,

    /** <summary>The JOSE header changes the payload's encoding.</summary> */JoseB64 = 318,

    /** <summary>The JOSE header carries its own key.</summary> */JoseEmbeddedKey = 319,

    /** <summary>The JOSE header points to a key set.</summary> */JoseKeyUrl = 320,

    /** <summary>The JOSE header carries its own certificate.</summary> */JoseEmbeddedCertificate = 321,

    /** <summary>The JOSE header has no "x5u".</summary> */JoseX5uMissing = 322,

    /** <summary>The kind of PASSporT is not supported.</summary> */PptUnsupported = 323,

    /** <summary>The "ppt" parameter and the JOSE header differ.</summary> */PptMismatch = 324,

    /** <summary>The payload is not JSON.</summary> */ClaimsSyntax = 401,

    /** <summary>A member of the payload appears twice.</summary> */ClaimsDuplicate = 402,

    /** <summary>The payload is nested too deeply.</summary> */ClaimsDepth = 403,

    /** <summary>Data follows the payload's object.</summary> */ClaimsTrailing = 404,

    /** <summary>The payload is not an object.</summary> */ClaimsNotObject = 405,

    /** <summary>The payload is not UTF-8.</summary> */ClaimsEncoding = 406,

    /** <summary>The payload has too many members.</summary> */ClaimsTooLarge = 407,

    /** <summary>A number in the payload is not an integer.</summary> */ClaimsNumber = 408,

    /** <summary>"iat" is missing.</summary> */IatMissing = 411,

    /** <summary>"iat" is not an integer.</summary> */IatNotInteger = 412,

    /** <summary>"iat" is not a time.</summary> */IatRange = 413,

    /** <summary>"orig" is missing.</summary> */OrigMissing = 414,

    /** <summary>"orig" is not one number or one URI.</summary> */OrigMalformed = 415,

    /** <summary>"orig" holds more than digits, "*" and "#".</summary> */OrigNotCanonical = 416,

    /** <summary>"dest" is missing.</summary> */DestMissing = 417,

    /** <summary>"dest" is not an object of arrays of strings.</summary> */DestMalformed = 418,

    /** <summary>"dest" names nobody.</summary> */DestEmpty = 419,

    /** <summary>"dest" holds more than digits, "*" and "#".</summary> */DestNotCanonical = 420,

    /** <summary>"dest" names more identities than the limit.</summary> */DestTooMany = 421,

    /** <summary>"attest" is missing.</summary> */AttestMissing = 422,

    /** <summary>"attest" is not A, B or C.</summary> */AttestValue = 423,

    /** <summary>"origid" is missing.</summary> */OrigIdMissing = 424,

    /** <summary>"origid" is not a UUID.</summary> */OrigIdMalformed = 425,

    /** <summary>"div" is missing.</summary> */DivMissing = 426,

    /** <summary>"div" is not one number or one URI.</summary> */DivMalformed = 427,

    /** <summary>A "div" PASSporT carries "opt".</summary> */DivHasOpt = 428,

    /** <summary>"opt" is missing.</summary> */OptMissing = 429,

    /** <summary>"opt" is not a PASSporT in full form.</summary> */OptMalformed = 430,

    /** <summary>"rph" is missing.</summary> */RphMissing = 431,

    /** <summary>"rph" is not an object with an array "auth".</summary> */RphMalformed = 432,

    /** <summary>"sph" is not "psap-callback".</summary> */SphValue = 433,

    /** <summary>"rcd" is missing.</summary> */RcdMissing = 434,

    /** <summary>"rcd" is not an object of the registered members.</summary> */RcdMalformed = 435,

    /** <summary>"rcd" has no "nam".</summary> */RcdNameMissing = 436,

    /** <summary>"rcd" has both "jcd" and "jcl".</summary> */RcdCardTwice = 437,

    /** <summary>"rcdi" is not an object of digests by JSON pointer.</summary> */RcdIntegrityMalformed = 438,

    /** <summary>A digest of "rcdi" does not match its content.</summary> */RcdIntegrityMismatch = 439,

    /** <summary>"mky" is not an array of algorithm and digest.</summary> */MkyMalformed = 440,

    /** <summary>"iat" is older than the policy permits.</summary> */IatStale = 501,

    /** <summary>"iat" lies in the future.</summary> */IatFuture = 502,

    /** <summary>The Date header is older than the policy permits.</summary> */DateStale = 503,

    /** <summary>The Date header lies in the future.</summary> */DateFuture = 504,

    /** <summary>The Date header and "iat" differ: reported, "iat" counts.</summary> */DateDiffers = 505,

    /** <summary>The request shows no caller to compare with.</summary> */CallerMissing = 601,

    /** <summary>"orig" is not the caller that the request shows.</summary> */OrigMismatch = 602,

    /** <summary>"dest" is not whom the request calls.</summary> */DestMismatch = 701,

    /** <summary>"mky" and the fingerprints of the offer differ.</summary> */MediaKeyMismatch = 702,

    /** <summary>"rph" does not cover the Resource-Priority of the request.</summary> */PriorityMismatch = 703,

    /** <summary>"sph" and the Priority of the request differ.</summary> */CallbackMismatch = 704,

    /** <summary>No PASSporT of the request was addressed to the diverting number.</summary> */DivPredecessorMissing = 801,

    /** <summary>The caller changed along the diversions.</summary> */DivOrigChanged = 802,

    /** <summary>The diversions form a loop.</summary> */DivLoop = 803,

    /** <summary>The last diversion does not lead to whom the request calls.</summary> */DivTargetMismatch = 804,

    /** <summary>There are more diversions than the limit.</summary> */DivTooLong = 805,

    /** <summary>"info" and "x5u" differ.</summary> */InfoMismatch = 901,

    /** <summary>"x5u" is not a URL.</summary> */UrlMalformed = 902,

    /** <summary>"x5u" is not https.</summary> */UrlScheme = 903,

    /** <summary>"x5u" names another port than 443 or 8443.</summary> */UrlPort = 904,

    /** <summary>"x5u" carries user information.</summary> */UrlUserInfo = 905,

    /** <summary>"x5u" carries a query.</summary> */UrlQuery = 906,

    /** <summary>"x5u" carries a fragment.</summary> */UrlFragment = 907,

    /** <summary>"x5u" is longer than the limit.</summary> */UrlTooLong = 908,

    /** <summary>"x5u" names an address that must not be asked.</summary> */UrlHost = 909,

    /** <summary>The host's address is not a public one.</summary> */FetchAddress = 1001,

    /** <summary>The host's name has no address.</summary> */FetchName = 1002,

    /** <summary>The host could not be reached.</summary> */FetchConnect = 1003,

    /** <summary>The host's TLS failed.</summary> */FetchTls = 1004,

    /** <summary>The certificate did not arrive in time.</summary> */FetchTimeout = 1005,

    /** <summary>The host answered with a redirect.</summary> */FetchRedirect = 1006,

    /** <summary>The host answered with an error.</summary> */FetchStatus = 1007,

    /** <summary>The answer is larger than the limit.</summary> */FetchTooLarge = 1008,

    /** <summary>The answer is not of a certificate's type.</summary> */FetchType = 1009,

    /** <summary>The answer holds no certificate.</summary> */FetchContent = 1010,

    /** <summary>The host was asked too often.</summary> */FetchRateLimited = 1011,

    /** <summary>The certificate was not there before the caller stopped waiting.</summary> */FetchPending = 1012,

    /** <summary>A certificate cannot be read.</summary> */CertificateMalformed = 1101,

    /** <summary>The key is not of curve P-256.</summary> */CertificateKey = 1102,

    /** <summary>A certificate is not signed by ECDSA with SHA-256 or SHA-384.</summary> */CertificateAlgorithm = 1103,

    /** <summary>A certificate has expired.</summary> */CertificateExpired = 1104,

    /** <summary>A certificate is not yet valid.</summary> */CertificateNotYetValid = 1105,

    /** <summary>The certificate may not sign.</summary> */CertificateUsage = 1106,

    /** <summary>An issuer's certificate is missing.</summary> */PathIncomplete = 1107,

    /** <summary>The chain ends at a root that is not configured.</summary> */PathUntrusted = 1108,

    /** <summary>The chain is not ordered from signer to anchor.</summary> */PathOrder = 1109,

    /** <summary>The chain is longer than the limit.</summary> */PathTooLong = 1110,

    /** <summary>An issuer may not issue.</summary> */PathIssuer = 1111,

    /** <summary>A certificate's signature does not hold.</summary> */PathSignature = 1112,

    /** <summary>A certificate has a critical extension that is not understood.</summary> */PathCriticalExtension = 1113,

    /** <summary>"iat" lies outside the certificate's validity.</summary> */IatOutsideValidity = 1114,

    /** <summary>No root is configured.</summary> */NoTrustAnchors = 1115,

    /** <summary>The certificate is revoked.</summary> */CertificateRevoked = 1201,

    /** <summary>An issuer's certificate is revoked.</summary> */IssuerRevoked = 1202,

    /** <summary>No revocation list covers the certificate.</summary> */RevocationListMissing = 1203,

    /** <summary>The revocation list is past its next update.</summary> */RevocationListStale = 1204,

    /** <summary>The certificate breaks the SHAKEN profile in a point that the policy denies.</summary> */ProfileDenied = 1301,

    /** <summary>The certificate departs from the SHAKEN profile: reported.</summary> */ProfileWarned = 1302,

    /** <summary>The certificate has no TNAuthList.</summary> */TnAuthListMissing = 1401,

    /** <summary>The TNAuthList cannot be read.</summary> */TnAuthListMalformed = 1402,

    /** <summary>The caller's number is outside the certificate's authority.</summary> */OrigOutsideAuthority = 1403,

    /** <summary>The diverting number is outside the certificate's authority.</summary> */DivOutsideAuthority = 1404,

    /** <summary>A delegate certificate exceeds its parent.</summary> */DelegationOutsideParent = 1405,

    /** <summary>The certificate has no authority over resource priority.</summary> */PriorityAuthority = 1406,

    /** <summary>The claim constraints cannot be read.</summary> */ConstraintsMalformed = 1501,

    /** <summary>The certificate has both kinds of claim constraints.</summary> */ConstraintsTwice = 1502,

    /** <summary>A claim that the certificate demands is missing.</summary> */ConstraintInclude = 1503,

    /** <summary>A claim has a value that the certificate does not permit.</summary> */ConstraintValue = 1504,

    /** <summary>A claim is present that the certificate forbids.</summary> */ConstraintExclude = 1505,

    /** <summary>The signature's r or s is zero.</summary> */SignatureZero = 1601,

    /** <summary>The signature's r or s is not below the order of the curve.</summary> */SignatureRange = 1602,

    /** <summary>The signature does not hold.</summary> */SignatureInvalid = 1603,

    /** <summary>The PASSporT that this one diverts does not hold.</summary> */ChainLinkFailed = 1701,

    /** <summary>The diversion that leads from this PASSporT to the callee does not hold.</summary> */ChainDiversionFailed = 1702,

    /** <summary>The token was already used in another call.</summary> */Replayed = 1801,
}
