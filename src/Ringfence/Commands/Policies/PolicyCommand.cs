using System.CommandLine;

namespace Ringfence.Commands.Policies;

/// <summary><c>ringfence policy</c>: a policy checked, tried on one call, replayed on the calls of the past.</summary>
internal static class PolicyCommand
{
    internal static Command Create() =>
        new(
            "policy",
            """
            A policy before it is in force: are there mistakes in it, what would it say of this call, what would it have said of yesterday's calls?

            Examples:
              ringfence policy check ringfence.yaml
              ringfence policy try ringfence.yaml --caller +33612345678 --attestation C --rate calls-per-minute=40
              ringfence policy replay default ringfence.yaml ringfence-data/ringfence.db
              ringfence policy show > policy.yaml            the policy that ships, to begin with
            """
        )
        {
            CheckCommand.Create(),
            TryCommand.Create(),
            ReplayCommand.Create(),
            ShowCommand.Create(),
        };
}
