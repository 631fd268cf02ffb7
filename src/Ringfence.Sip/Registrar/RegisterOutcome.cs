namespace Ringfence.Sip.Registrar;

/// <summary>What a REGISTER comes to by the rules: a status, and with 200 the bindings that shall be there.</summary>
internal readonly record struct RegisterOutcome(int StatusCode, string ReasonPhrase, IReadOnlyList<Binding> Bindings)
{
    internal static RegisterOutcome Refuse(int statusCode, string reasonPhrase = "") =>
        new(statusCode, reasonPhrase, []);
}
