using System.Text;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Registrar;
using Ringfence.Sip.Tests.Auth;
using Ringfence.Sip.Tests.Transactions;

namespace Ringfence.Sip.Tests.Registrar;

/// <summary>The rules of RFC 3261 §10.3, RFC 3327 §5.3 and RFC 8197 §4.</summary>
public class RegistrarTests
{
    private readonly RegistrarWorld _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_contact_is_bound_and_told_with_its_time()
    {
        _world.Register("Contact: <sip:bob@192.0.2.1:5062>;expires=600\r\n").ShouldBe(200);
        _world.Contacts.ShouldBe(["<sip:bob@192.0.2.1:5062>;expires=600"]);
        _world.Lines("Date").ShouldBe(["Thu, 01 Jan 2026 00:00:00 GMT"]);
        (await _world.Find()).ShouldBe(["sip:bob@192.0.2.1:5062"]);
        _world.Advance(599);
        _world.Register("", cseq: 2).ShouldBe(200);
        _world.Contacts.ShouldBe(["<sip:bob@192.0.2.1:5062>;expires=1"]);
        _world.Advance(1);
        (await _world.Find()).ShouldBeEmpty();
        _world.Register("", cseq: 3).ShouldBe(200);
        _world.Contacts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Several_contacts_come_back_with_all_they_had_and_are_found_by_q()
    {
        _world
            .Register(
                "Contact: \"Bob\" <sip:a@192.0.2.1>;q=0.2;+sip.instance=\"<urn:x>\";expires=100, <sip:b@192.0.2.1>;q=0.75\r\n"
                    + "Contact: sip:c@192.0.2.1;methods=\"INVITE,BYE\"\r\nExpires: 900\r\n"
            )
            .ShouldBe(200);
        _world.Contacts.ShouldBe([
            "<sip:a@192.0.2.1>;+sip.instance=\"<urn:x>\";q=0.200;expires=100",
            "<sip:b@192.0.2.1>;q=0.750;expires=900",
            "<sip:c@192.0.2.1>;methods=\"INVITE,BYE\";expires=900",
        ]);
        (await _world.Find()).ShouldBe(["sip:c@192.0.2.1", "sip:b@192.0.2.1", "sip:a@192.0.2.1"]);
    }

    [Theory]
    [InlineData("Contact: <sip:x@y>\r\n", 3600)]
    [InlineData("Contact: <sip:x@y>\r\nExpires: 120\r\n", 120)]
    [InlineData("Contact: <sip:x@y>;expires=90\r\nExpires: 120\r\n", 90)]
    [InlineData("Contact: <sip:x@y>;expires=100000\r\n", 7200)]
    [InlineData("Contact: <sip:x@y>;expires=4294967295\r\n", 7200)]
    [InlineData("Contact: <sip:x@y>;expires=4294967296\r\n", 3600)]
    [InlineData("Contact: <sip:x@y>;expires=soon\r\n", 3600)]
    [InlineData("Contact: <sip:x@y>;expires\r\n", 3600)]
    public void The_time_is_the_contacts_own_or_the_headers_or_the_default_within_limits(string headers, int seconds)
    {
        _world.Register(headers).ShouldBe(200);
        _world.Contacts.ShouldBe([$"<sip:x@y>;expires={seconds}"]);
    }

    [Fact]
    public async Task Too_short_a_time_is_423_and_nothing_of_the_request_is_done()
    {
        _world.Register("Contact: <sip:a@x>, <sip:b@x>;expires=59\r\n").ShouldBe(423);
        _world.Lines("Min-Expires").ShouldBe(["60"]);
        (await _world.Find()).ShouldBeEmpty();
    }

    [Fact]
    public void An_hour_is_never_too_short()
    {
        var world = new RegistrarWorld(RegistrarWorld.Options with { MinExpires = 7000 });
        world.Register("Contact: <sip:a@x>;expires=3599\r\n").ShouldBe(423);
        world.Register("Contact: <sip:a@x>;expires=3600\r\n", cseq: 2).ShouldBe(200);
    }

    [Fact]
    public async Task Zero_removes_one_and_star_removes_all()
    {
        _world.Register("Contact: <sip:a@x>, <sip:b@x>, <sip:c@x>\r\n");
        _world.Register("Contact: <sip:a@X>;expires=0\r\n", cseq: 2).ShouldBe(200);
        (await _world.Find()).ShouldBe(["sip:b@x", "sip:c@x"]);
        _world.Register("Contact: *\r\nExpires: 0\r\n", cseq: 3).ShouldBe(200);
        _world.Contacts.ShouldBeEmpty();
        (await _world.Find()).ShouldBeEmpty();
        ((MemoryBindingStore)_world.Store).Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("Contact: *\r\n")]
    [InlineData("Contact: *\r\nExpires: 5\r\n")]
    [InlineData("Contact: *\r\nExpires: x\r\n")]
    [InlineData("Contact: *, <sip:a@x>\r\nExpires: 0\r\n")]
    [InlineData("Contact: <sip:a@x>\r\nContact: *\r\nExpires: 0\r\n")]
    [InlineData("Contact: *\r\nContact: *\r\nExpires: 0\r\n")]
    [InlineData("Contact: *;expires=0\r\n")]
    public async Task A_star_stands_alone_and_with_zero(string headers)
    {
        _world.Register("Contact: <sip:a@x>\r\n");
        _world.Register(headers, cseq: 2).ShouldBe(400);
        (await _world.Find()).ShouldBe(["sip:a@x"]);
    }

    [Theory]
    [InlineData("Contact: <sip:a@x>;expires=0\r\n")]
    [InlineData("Contact: <sip:new@x>, <sip:a@x>;q=0.1\r\n")]
    [InlineData("Contact: *\r\nExpires: 0\r\n")]
    public async Task What_comes_out_of_order_changes_nothing(string headers)
    {
        _world.Register("Contact: <sip:a@x>\r\n", cseq: 7).ShouldBe(200);
        _world.Advance(60);
        _world.Register(headers, cseq: 7).ShouldBe(500);
        _world.Register(headers, cseq: 6).ShouldBe(500);
        (await _world.Find()).ShouldBe(["sip:a@x"]);
        _world.Register(headers, cseq: 8).ShouldBe(200);
    }

    [Fact]
    public async Task Another_Call_ID_updates_whatever_its_number()
    {
        _world.Register("Contact: <sip:a@x>\r\n", cseq: 7);
        _world.Register("Contact: <sip:a@x>;expires=500\r\n", "reg-2").ShouldBe(200);
        _world.Contacts.ShouldBe(["<sip:a@x>;expires=500"]);
        _world.Register("Contact: *\r\nExpires: 0\r\n", "reg-3").ShouldBe(200);
        (await _world.Find()).ShouldBeEmpty();
    }

    [Fact]
    public void A_contact_named_twice_is_bound_once()
    {
        _world.Register("Contact: <sip:a@x>;expires=100, <sip:a@X>;expires=200\r\n").ShouldBe(200);
        _world.Contacts.ShouldBe(["<sip:a@X>;expires=200"]);
    }

    [Theory]
    [InlineData("Contact: <tel:+15551>\r\n")]
    [InlineData("Contact: <http://x>\r\n")]
    [InlineData("Contact: <sip:a@x>;q=2\r\n")]
    [InlineData("Contact: <sip:a@x>;q=x\r\n")]
    [InlineData("Contact: <sip:>\r\n")]
    [InlineData("Contact: <sip:a@x>;;\r\n")]
    [InlineData("Contact: <sip:a@x\r\n")]
    public async Task A_contact_that_cannot_be_called_is_400(string headers)
    {
        _world.Register("Contact: <sip:good@x>\r\n" + headers).ShouldBe(400);
        (await _world.Find()).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_more_contacts_than_the_limit_and_room_for_a_new_one_after_an_old_one()
    {
        string many = string.Join(", ", Enumerable.Range(0, 11).Select(i => $"<sip:c{i}@x>"));
        _world.Register($"Contact: {many}\r\n").ShouldBe(403);
        (await _world.Find()).ShouldBeEmpty();
        for (int i = 0; i < 10; i++)
        {
            _world.Register($"Contact: <sip:c{i}@x>\r\n", $"c{i}").ShouldBe(200);
        }

        _world.Register("Contact: <sip:c10@x>\r\n", "c10").ShouldBe(403);
        _world.Register("Contact: <sip:c0@x>;expires=0, <sip:c10@x>\r\n", "c11").ShouldBe(200);
        (await _world.Find()).Length.ShouldBe(10);
    }

    [Theory]
    [InlineData("sip:other.com", "sip:bob@example.com", 404)]
    [InlineData("sip:example.com", "sip:bob@other.com", 404)]
    [InlineData("sip:example.com", "sip:example.com", 404)]
    [InlineData("sip:example.com", "tel:+15551", 404)]
    [InlineData("sip:example.com", "sip:b%00b@example.com", 404)]
    [InlineData("sip:example.com", "sip:b%ffb@example.com", 404)]
    [InlineData("sip:EXAMPLE.com;transport=tcp", "sip:bob@EXAMPLE.COM:5070;user=phone", 200)]
    [InlineData("sip:[2001:db8::1]", "sips:bob@[2001:DB8::1]", 200)]
    public void Only_for_domains_and_users_of_ours(string uri, string to, int statusCode) =>
        _world.Register("Contact: <sip:a@x>\r\n", uri: uri, to: to, from: to).ShouldBe(statusCode);

    [Fact]
    public async Task Escapes_and_parameters_do_not_make_another_user()
    {
        _world
            .Register("Contact: <sip:a@x>\r\n", to: "sip:b%6Fb@Example.com;x=y", from: "sip:bob@example.com")
            .ShouldBe(200);
        (await _world.Find("sip:%62ob@example.com:5060;transport=tcp")).ShouldBe(["sip:a@x"]);
        (await _world.Find("sip:Bob@example.com")).ShouldBeEmpty();
        (await _world.Find("tel:+1")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_registers_for_somebody_else()
    {
        _world.Register("Contact: <sip:a@x>\r\n", from: "sip:eve@example.com").ShouldBe(403);
        (await _world.Find()).ShouldBeEmpty();
    }

    [Fact]
    public async Task With_digest_first_who_it_is_and_then_what_he_may()
    {
        var users = new Users { ["eve"] = DigestSecret.FromPassword("eve", Users.Realm, "pw") };
        var clock = new Ringfence.Sip.Time.ManualClock();
        var digest = new DigestServer(
            new DigestServerOptions { Realm = Users.Realm },
            users,
            "0123456789abcdef"u8,
            clock
        );
        var world = new RegistrarWorld(digest: digest);
        const string contact = "Contact: <sip:a@x>\r\n";
        world.Register(contact).ShouldBe(401);
        string[] challenges = world.Lines("WWW-Authenticate");
        challenges.Length.ShouldBe(2);
        world.Register(contact + AuthText.Credentials(challenges[0], password: "wrong"), cseq: 2).ShouldBe(401);
        world.Register(contact + AuthText.Credentials(challenges[0], "eve", "pw"), cseq: 3).ShouldBe(403);
        (await world.Find()).ShouldBeEmpty();
        world.Register(contact + AuthText.Credentials(challenges[0], count: "00000002"), cseq: 4).ShouldBe(200);
        world.Register(contact + AuthText.Credentials(challenges[0], count: "00000002"), cseq: 5).ShouldBe(401);
        world.Lines("WWW-Authenticate")[0].ShouldContain("stale=true");
        (await world.Find()).ShouldBe(["sip:a@x"]);
    }

    [Fact]
    public void A_user_who_is_not_there_is_answered_like_one_who_is()
    {
        var digest = new DigestServer(
            new DigestServerOptions { Realm = Users.Realm },
            new Users(),
            "0123456789abcdef"u8,
            new Ringfence.Sip.Time.ManualClock()
        );
        var world = new RegistrarWorld(digest: digest);
        world.Register("");
        string challenge = world.Lines("WWW-Authenticate")[0];
        string Shape(string user)
        {
            world.Register(AuthText.Credentials(challenge, user, "guess"), callId: user, user: user).ShouldBe(401);
            string text = world.Wire.Last.Replace(user, "USER", StringComparison.Ordinal);
            return string.Join(
                '|',
                SipText
                    .Lines(text)
                    .Where(line => !line.StartsWith("Via", StringComparison.Ordinal))
                    .Select(line => line.Split("nonce=")[0].Split(";tag=")[0])
            );
        }

        Shape("bob").ShouldBe(Shape("nob"));
    }

    [Fact]
    public async Task A_path_is_kept_and_said_again()
    {
        const string path =
            "Path: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>\r\nPath: <sip:p3.example.com;lr>\r\n";
        _world.Register(path + "Supported: path\r\nContact: <sip:a@x>\r\n").ShouldBe(200);
        _world
            .Lines("Path")
            .ShouldBe(["<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>", "<sip:p3.example.com;lr>"]);
        AddressOfRecord.TryParse("sip:bob@example.com"u8, out AddressOfRecord bob).ShouldBeTrue();
        IReadOnlyList<Binding> bindings = await _world.Store.ReadAsync(bob, Token);
        Encoding
            .ASCII.GetString(bindings[0].Path.Span)
            .ShouldBe("<sip:p1.example.com;lr>,<sip:p2.example.com;lr>,<sip:p3.example.com;lr>");
    }

    [Fact]
    public void A_path_that_the_phone_does_not_know_of_is_420()
    {
        _world.Register("Path: <sip:p@example.com;lr>\r\nContact: <sip:a@x>\r\n").ShouldBe(420);
        _world.Lines("Unsupported").ShouldBe(["path"]);
    }

    [Theory]
    [InlineData("Path: sip:p@x\r\n", 400)]
    [InlineData("Path: <http://x>\r\n", 400)]
    [InlineData("Path: <sip:p@x>,\r\n", 400)]
    public void A_path_that_is_no_route_is_400(string path, int statusCode) =>
        _world.Register(path + "Supported: path\r\nContact: <sip:a@x>\r\n").ShouldBe(statusCode);

    [Fact]
    public void A_path_has_its_limit() =>
        _world
            .Register(
                $"Path: <sip:{new string('p', 500)}@x>\r\nPath: <sip:{new string('p', 500)}@x>\r\nPath: <sip:{new string('p', 500)}@x>\r\nPath: <sip:{new string('p', 600)}@x>\r\nSupported: path\r\nContact: <sip:a@x>\r\n"
            )
            .ShouldBe(403);

    [Fact]
    public void What_is_required_and_not_known_is_420() =>
        _world.Register("Require: gruu\r\nContact: <sip:a@x>\r\n").ShouldBe(420);

    [Fact]
    public void That_607_is_acted_on_is_said_when_it_is()
    {
        _world.Register("");
        _world.Lines("Feature-Caps").ShouldBeEmpty();
        var world = new RegistrarWorld(RegistrarWorld.Options with { ActsOn607 = true });
        world.Register("").ShouldBe(200);
        world.Lines("Feature-Caps").ShouldBe(["*;+sip.607"]);
    }

    [Fact]
    public async Task A_slow_store_is_waited_for_without_the_lane()
    {
        var store = new SlowStore(new MemoryBindingStore(TimeProvider.System)) { Gate = new TaskCompletionSource() };
        var world = new RegistrarWorld(store: store);
        var posted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Lane.Wake = () => posted.TrySetResult();
        world.Register("Contact: <sip:a@x>\r\n").ShouldBe(0);
        store.Gate.SetResult();
        await posted.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        world.Wire.Sent.ShouldBeEmpty();
        world.Lane.Turn();
        world.Status.ShouldBe(200);
    }

    [Fact]
    public void A_store_that_fails_is_500_and_somebody_hears_of_it()
    {
        var store = new SlowStore(new MemoryBindingStore(TimeProvider.System)) { Failure = new IOException("disk") };
        var world = new RegistrarWorld(store: store);
        world.Register("Contact: <sip:a@x>\r\n").ShouldBe(500);
        world.Faults.ShouldHaveSingleItem().Message.ShouldBe("disk");
    }

    [Theory]
    [InlineData(3, 200)]
    [InlineData(4, 500)]
    public void Who_comes_second_applies_the_rules_again_a_few_times(int conflicts, int statusCode)
    {
        var store = new SlowStore(new MemoryBindingStore(TimeProvider.System)) { Conflicts = conflicts };
        new RegistrarWorld(store: store).Register("Contact: <sip:a@x>\r\n").ShouldBe(statusCode);
        store.Commits.ShouldBe(4);
    }

    [Fact]
    public void A_full_store_is_503_until_somebody_is_over()
    {
        var clock = new Ringfence.Sip.Time.ManualClock();
        var store = new MemoryBindingStore(clock, limit: 2);
        var world = new RegistrarWorld(store: store);
        world.Register("Contact: <sip:a@x>;expires=60\r\n", user: "u1", callId: "1").ShouldBe(200);
        world.Register("Contact: <sip:a@x>;expires=600\r\n", user: "u2", callId: "2").ShouldBe(200);
        world.Register("Contact: <sip:a@x>\r\n", user: "u3", callId: "3").ShouldBe(503);
        world.Register("Contact: <sip:b@x>\r\n", user: "u2", callId: "4").ShouldBe(200);
        clock.Advance(TimeSpan.FromSeconds(61));
        world.Register("Contact: <sip:a@x>\r\n", user: "u3", callId: "5").ShouldBe(200);
        store.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Of_two_commits_on_the_same_reading_one_wins()
    {
        var store = new MemoryBindingStore(TimeProvider.System);
        AddressOfRecord.TryParse("sip:bob@example.com"u8, out AddressOfRecord bob).ShouldBeTrue();
        Binding Make(string uri) =>
            new()
            {
                Uri = Encoding.ASCII.GetBytes(uri),
                Expires = DateTimeOffset.MaxValue,
                CallId = default,
                Sequence = 1,
            };
        IReadOnlyList<Binding> none = await store.ReadAsync(bob, Token);
        (await store.CommitAsync(bob, none, [Make("sip:a@x")], Token)).ShouldBe(CommitStatus.Committed);
        (await store.CommitAsync(bob, none, [Make("sip:b@x")], Token)).ShouldBe(CommitStatus.Conflict);
        (await store.CommitAsync(bob, none, [], Token)).ShouldBe(CommitStatus.Conflict);
        IReadOnlyList<Binding> read = await store.ReadAsync(bob, Token);
        (await store.CommitAsync(bob, read, [Make("sip:c@x")], Token)).ShouldBe(CommitStatus.Committed);
        (await store.CommitAsync(bob, read, [], Token)).ShouldBe(CommitStatus.Conflict);
        (await store.ReadAsync(bob, Token)).Count.ShouldBe(1);
        store.Count.ShouldBe(1);
    }

    [Fact]
    public void Headers_of_any_kind_are_answered_or_dropped_and_never_a_fault()
    {
        var random = new Random(11);
        const string sound =
            "Contact: \"Bob\" <sip:a@192.0.2.1;transport=tcp>;q=0.2;expires=100, <sip:b@x>\r\n"
            + "Path: <sip:p@x;lr>\r\nSupported: path\r\nExpires: 900\r\n";
        const string bytes = "<>;,=\"*@:%\\ 09az.";
        var statuses = new Dictionary<int, int>();
        for (int i = 0; i < 5_000; i++)
        {
            var text = new StringBuilder(sound);
            for (int flips = random.Next(1, 4); flips > 0; flips--)
            {
                text[random.Next(text.Length)] = bytes[random.Next(bytes.Length)];
            }

            int status = _world.Register(text.ToString(), $"c{i}");
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            _world.Advance(i % 100 == 0 ? 60 : 0);
        }

        _world.Faults.ShouldBeEmpty();
        statuses.Keys.ShouldBeSubsetOf([0, 200, 400, 403, 420, 423]);
        statuses[200].ShouldBeGreaterThan(0);
        statuses[400].ShouldBeGreaterThan(0);
    }
}
