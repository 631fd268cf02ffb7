namespace Ringfence.Tests;

/// <summary>What a command ended with and printed.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error);
