namespace Ringfence.Diagnosis.Identities;

/// <summary>A chain of certificates as a file: PEM with the signer first, or one certificate in DER.</summary>
/// <param name="Name">The name without its folder: what the x5u that it answers for ends with.</param>
/// <param name="Content">The octets.</param>
public sealed record CertificateFile(string Name, ReadOnlyMemory<byte> Content);
