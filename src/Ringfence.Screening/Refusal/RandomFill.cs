namespace Ringfence.Screening.Refusal;

/// <summary>Fills a span with random bytes; in production <see cref="System.Security.Cryptography.RandomNumberGenerator.Fill(Span{byte})"/>.</summary>
/// <param name="bytes">What is filled.</param>
public delegate void RandomFill(Span<byte> bytes);
