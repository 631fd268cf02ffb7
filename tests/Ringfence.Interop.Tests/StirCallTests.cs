using Ringfence.Edge.Storage;
using Ringfence.Interop.Tests.Peers;

namespace Ringfence.Interop.Tests;

/// <summary>Signed calls through the running edge: signed by it, verified by it, and both ways with Kamailio and secsipid.</summary>
public sealed class StirCallTests
{
    private const int Calls = 200;
    private const string Callee = "+33180001000";
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Two_hundred_calls_are_signed_by_one_edge_and_verified_by_the_next()
    {
        Sipp.Need();
        using StirRig rig = await StirRig.StartAsync();
        using TestFolder signerFolder = new();
        using TestFolder verifierFolder = new();
        (int signerPort, int verifierPort, int calleePort) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        using RunningEdge verifier = await RunningEdge.StartAsync(
            verifierFolder,
            verifierPort,
            Verifier(rig, calleePort, "refuse")
        );
        using RunningEdge signer = await RunningEdge.StartAsync(signerFolder, signerPort, Signer(rig, verifierPort));
        using ForeignProgram callee = Sipp.Callee(verifierFolder, "stir_uas_marked", calleePort, Calls);
        using ForeignProgram caller = Sipp.Caller(signerFolder, "stir_uac_short", Callee, signerPort, Calls, 50);

        (await caller.EndAsync(Within)).ShouldBe(0, caller.Output + signer.Output + verifier.Output);
        (await callee.EndAsync(Within)).ShouldBe(0, callee.Output);
        await signer.StopAsync();
        await verifier.StopAsync();
        using CallRecordStore signed = CallRecordStore.Open(signer.Database);
        signed
            .Latest(Calls + 1)
            .Count(record => record is { Signed: "A", SigningReason: "CustomerOwnsNumber", Verification: "" })
            .ShouldBe(Calls);
        using CallRecordStore verified = CallRecordStore.Open(verifier.Database);
        verified
            .Latest(Calls + 1)
            .Count(record => record is { Verification: "Passed", Attestation: "A", Signer: "1234", StatusCode: 200 })
            .ShouldBe(Calls);
    }

    [Theory]
    [InlineData("proxy")]
    [InlineData("gate")]
    public async Task What_Kamailio_signs_the_edge_verifies(string mode)
    {
        Sipp.Need();
        using StirRig rig = await StirRig.StartAsync();
        using TestFolder folder = new();
        (int kamailioPort, int edgePort, int calleePort) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        using ForeignProgram kamailio = await rig.KamailioAsync("stir_sign", kamailioPort, edgePort);
        using RunningEdge edge = await RunningEdge.StartAsync(
            folder,
            edgePort,
            Verifier(rig, calleePort, "refuse", mode)
        );
        using ForeignProgram callee = Sipp.Callee(folder, "stir_uas_marked", calleePort, 1);
        string scenario = mode == "proxy" ? "stir_uac_short" : "uac_call";
        using ForeignProgram caller = Sipp.Caller(folder, scenario, Callee, kamailioPort, 1, 1);

        (await caller.EndAsync(Within)).ShouldBe(0, caller.Output + kamailio.Output + edge.Output);
        (await callee.EndAsync(Within)).ShouldBe(0, callee.Output);
        await edge.StopAsync();
        using CallRecordStore records = CallRecordStore.Open(edge.Database);
        CallRecord record = records.Latest(2).ShouldHaveSingleItem();
        (record.Verification, record.Attestation, record.Signer).ShouldBe(("Passed", "A", "1234"));
        record.VerificationSteps.ShouldContain("\"rule\":\"Signature\"");
    }

    [Theory]
    [InlineData("proxy")]
    [InlineData("gate")]
    public async Task What_the_edge_signs_Kamailio_verifies(string mode)
    {
        Sipp.Need();
        using StirRig rig = await StirRig.StartAsync();
        using TestFolder folder = new();
        (int kamailioPort, int edgePort) = (FreePort.Next(), FreePort.Next());
        using ForeignProgram kamailio = await rig.KamailioAsync("stir_verify", kamailioPort, 0);
        using RunningEdge edge = await RunningEdge.StartAsync(folder, edgePort, Signer(rig, kamailioPort, mode));
        // Behind a gate the callee's own headers do not come back: there the refusal itself says that the identity holds.
        string scenario = mode == "proxy" ? "stir_uac_verified" : "stir_uac_busy";
        using ForeignProgram caller = Sipp.Caller(folder, scenario, Callee, edgePort, 1, 1);

        (await caller.EndAsync(Within)).ShouldBe(0, caller.Output + kamailio.Output + edge.Output);
    }

    private static string Verifier(StirRig rig, int calleePort, string policy, string mode = "proxy") =>
        $$"""
            trunks: [ { name: carrier, from: 127.0.0.1, mode: {{mode}} } ]
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{calleePort}}" ] } ]
            policy: [ { then: progress } ]
            stir: { trust: {{rig.Folder.File(
                "root.pem"
            )}}, verify: {{policy}}, deadline: 20s, test-hosts: [ "{{rig.Host}}" ] }
            """;

    private static string Signer(StirRig rig, int nextPort, string mode = "proxy") =>
        $$"""
            trunks: [ { name: pbx, from: 127.0.0.1, mode: {{mode}} } ]
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{nextPort}}" ] } ]
            lists: [ { name: own, numbers: [ "+33199*" ] } ]
            policy: [ { then: progress } ]
            stir:
              trust: {{rig.Folder.File("root.pem")}}
              verify: off
              sign: { certificate: "{{rig.X5u}}", key: {{rig.Folder.File("key.pem")}}, attest: { A: own, default: C } }
            """;
}
