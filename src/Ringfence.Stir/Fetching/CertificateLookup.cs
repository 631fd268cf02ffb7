using Ringfence.Stir.Certificates;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Fetching;

/// <summary>What lies behind an "x5u".</summary>
/// <param name="Fault">Why there is no certificate, or <see cref="Verification.Fault.None"/>.</param>
/// <param name="Path">The certificate with its path, whose own <see cref="CertificatePath.Fault"/> is still to be looked at.</param>
public readonly record struct CertificateLookup(Fault Fault, CertificatePath? Path);
