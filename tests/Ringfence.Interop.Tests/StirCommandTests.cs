using Ringfence.Interop.Tests.Peers;

namespace Ringfence.Interop.Tests;

/// <summary>The commands and secsipidx, which knows nothing of SIP, check each other's headers.</summary>
public sealed class StirCommandTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_the_command_signs_secsipidx_verifies()
    {
        ForeignProgram.Need("secsipidx", "secsipidx");
        using StirRig rig = await StirRig.StartAsync();
        using ForeignProgram sign = StirRig.Ringfence(
            rig.Folder,
            "sign",
            "--key",
            "key.pem",
            "--x5u",
            rig.X5u,
            "--orig",
            "+33199001234",
            "--dest",
            "+33180001000",
            "--attest",
            "B"
        );
        (await sign.EndAsync(Within)).ShouldBe(0, sign.Output);
        string identity = rig.Folder.Write("identity", sign.Output.Trim());

        using ForeignProgram check = ForeignProgram.Start(
            "secsipidx",
            rig.Folder.Path,
            "-check",
            "-fidentity",
            identity,
            "-fpubkey",
            "chain.pem",
            "-ca-file",
            "root.pem",
            "-ca-inter",
            "intermediate.pem",
            "-cert-verify",
            "13",
            "-expire",
            "60"
        );
        (await check.EndAsync(Within)).ShouldBe(0, check.Output);
        check.Output.Trim().ShouldBe("ok");
    }

    [Theory]
    [InlineData("+33199001234", 0, "passed: attestation A, signed by 1234")]
    [InlineData("+33199001235", 1, "438 Invalid Identity Header")]
    public async Task What_secsipidx_signs_the_command_verifies_against_the_caller(
        string from,
        int exitCode,
        string says
    )
    {
        ForeignProgram.Need("secsipidx", "secsipidx");
        using StirRig rig = await StirRig.StartAsync();
        using ForeignProgram sign = ForeignProgram.Start(
            "secsipidx",
            rig.Folder.Path,
            "-sign-full",
            "-orig-tn",
            "33199001234",
            "-dest-tn",
            "33180001000",
            "-attest",
            "A",
            "-x5u",
            rig.X5u,
            "-k",
            "key-ec.pem"
        );
        (await sign.EndAsync(Within)).ShouldBe(0, sign.Output);
        string identity = rig.Folder.Write("identity", sign.Output.Trim());

        using ForeignProgram verify = StirRig.Ringfence(
            rig.Folder,
            "verify",
            identity,
            "--trust",
            "root.pem",
            "--test-host",
            rig.Host,
            "--from",
            from,
            "--to",
            "+33180001000"
        );
        (await verify.EndAsync(Within)).ShouldBe(exitCode, verify.Output);
        verify.Output.ShouldContain(says);
    }
}
