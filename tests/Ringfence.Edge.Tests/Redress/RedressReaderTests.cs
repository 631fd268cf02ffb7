using Ringfence.Edge.Configuration;

namespace Ringfence.Edge.Tests.Redress;

/// <summary>The sections <c>redress</c> and <c>unwanted</c>, and the password: every mistake with its line and what would be right.</summary>
public sealed class RedressReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("redress-").FullName;

    [Fact]
    public void Every_mistake_is_told_with_its_line()
    {
        ConfigurationResult read = ConfigurationReader.Read(
            """
            trunks: [ { name: a, from: 192.0.2.1, network-blocked: 603 } ]
            redress:
              address: http://calls.example/x
              contact:
                name: Desk
                tel: "12"
                email: nobody
                postal: [ a, b ]
              location: HERE
              sign: { certificate: here, key: key.pem, chain: chain.pem }
            unwanted: { users: [ b ], block-code: "60", undo-code: "60" }
            web-password: missing.txt
            web: 192.0.2.1:8080
            policy: [ { then: progress } ]
            """,
            "f.yaml",
            _folder
        );

        read.Configuration.ShouldBeNull();
        read.Mistakes.Select(mistake => mistake.Line).Distinct().ShouldBe([1, 3, 6, 7, 8, 9, 10, 11, 12]);
        read.Mistakes.ShouldAllBe(mistake => mistake.Remedy.Length > 0);
    }

    [Fact]
    public void A_jCard_needs_a_contact_and_a_key_that_is_its_owners_only()
    {
        ConfigurationResult read = ConfigurationReader.Read(
            """
            redress:
              sign: { certificate: "https://cert.example/chain.pem", key: key.pem, chain: chain.pem }
            """,
            "f.yaml",
            _folder
        );

        string mistake = read.Mistakes.ShouldHaveSingleItem().ToString();
        mistake.ShouldContain("chmod 600");
    }

    [Fact]
    public void Pages_are_for_this_machine_unless_a_password_is_asked_for()
    {
        Read("web: 0.0.0.0:8080").Mistakes.ShouldHaveSingleItem().Remedy.ShouldContain("web-password");

        string file = Path.Combine(_folder, "password.txt");
        File.WriteAllText(file, "short\n");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("skipped: files have no modes there");
            return;
        }

        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        Read("web: 0.0.0.0:8080\nweb-password: password.txt")
            .Mistakes.ShouldHaveSingleItem()
            .ToString()
            .ShouldContain("too short");

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(file, "long enough it is\n");
        ConfigurationResult read = Read("web: 0.0.0.0:8080\nweb-password: password.txt");
        read.Mistakes.ShouldBeEmpty();
        read.Configuration!.WebPassword.ShouldBe("long enough it is");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Read("web: 0.0.0.0:8080\nweb-password: password.txt")
            .Mistakes.ShouldHaveSingleItem()
            .ToString()
            .ShouldContain("by others");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ConfigurationResult Read(string yaml) => ConfigurationReader.Read(yaml, "f.yaml", _folder);
}
