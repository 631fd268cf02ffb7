using System.Net;
using System.Text;
using System.Text.Json;

namespace Ringfence.Web.Tests;

/// <summary>Reports, lists, wishes and numbers over the API, and who may use it.</summary>
public sealed class DeskApiTests(DeskSite site)
{
    [Fact]
    public async Task A_report_puts_the_caller_onto_the_callees_list_and_can_be_taken_back()
    {
        (HttpStatusCode status, string text) = await site.JsonAsync(
            HttpMethod.Post,
            "/api/v1/reports",
            "{\"caller\":\"sip:+33199000001@x.example\",\"callee\":\"+33180000001\",\"via\":\"command\"}"
        );
        status.ShouldBe(HttpStatusCode.Created);
        JsonElement report = Root(text);
        report.GetProperty("blocked").GetBoolean().ShouldBeTrue();
        report.GetProperty("outcome").GetString().ShouldBe("IdentityUnproven");

        JsonElement entry = Root(await site.TextAsync("/api/v1/lists/+33180000001"))[0];
        (
            entry.GetProperty("caller").GetString(),
            entry.GetProperty("list").GetString(),
            entry.GetProperty("via").GetString()
        ).ShouldBe(("+33199000001", "blocked", "Command"));
        JsonElement number = Root(await site.TextAsync("/api/v1/numbers/+33199000001"));
        number.GetProperty("reports").GetArrayLength().ShouldBe(1);
        number.GetProperty("reputation").GetInt32().ShouldBe(100);

        (status, text) = await site.JsonAsync(HttpMethod.Delete, "/api/v1/lists/+33180000001/+33199000001", null);
        (status, text).ShouldBe((HttpStatusCode.OK, "[]"));
        (status, _) = await site.JsonAsync(HttpMethod.Delete, "/api/v1/lists/+33180000001/+33199000001", null);
        status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("blocked", "\"2099-01-01T00:00:00Z\"")]
    [InlineData("allowed", "null")]
    [InlineData("contacts", "null")]
    public async Task A_caller_is_put_where_the_callee_wants_it(string list, string until)
    {
        (HttpStatusCode status, string text) = await site.JsonAsync(
            HttpMethod.Put,
            $"/api/v1/lists/bob-{list}@x.example/+33199000002",
            $"{{\"list\":\"{list}\",\"until\":{until}}}"
        );
        status.ShouldBe(HttpStatusCode.OK);
        JsonElement entry = Root(text)[0];
        entry.GetProperty("list").GetString().ShouldBe(list);
        (entry.GetProperty("until").ValueKind == JsonValueKind.Null).ShouldBe(until == "null");
        (status, text) = await site.JsonAsync(
            HttpMethod.Delete,
            $"/api/v1/lists/bob-{list}@x.example/+33199000002",
            null
        );
        (status, text).ShouldBe((HttpStatusCode.OK, "[]"));
    }

    [Fact]
    public async Task A_callees_wishes_are_set_and_shown()
    {
        const string wishes = "{\"quiet\":\"22:00-07:00\",\"refuseAnonymous\":true,\"strangers\":\"SayWho\"}";
        (HttpStatusCode status, string text) = await site.JsonAsync(
            HttpMethod.Put,
            "/api/v1/wishes/+33180000003",
            wishes
        );
        (status, text).ShouldBe((HttpStatusCode.OK, wishes));
        (await site.TextAsync("/api/v1/wishes/+33180000003")).ShouldBe(wishes);
        (status, text) = await site.JsonAsync(
            HttpMethod.Put,
            "/api/v1/wishes/+33180000003",
            "{\"quiet\":\"now and then\"}"
        );
        status.ShouldBe(HttpStatusCode.BadRequest);
        text.ShouldContain("quiet");
    }

    [Theory]
    [InlineData("POST", "/api/v1/reports", "{\"caller\":\"nobody\",\"callee\":\"+33180000001\"}")]
    [InlineData("POST", "/api/v1/reports", "{\"caller\":\"+33199000001\"}")]
    [InlineData(
        "POST",
        "/api/v1/reports",
        "{\"caller\":\"+33199000001\",\"callee\":\"+33180000001\",\"via\":\"pigeon\"}"
    )]
    [InlineData("PUT", "/api/v1/lists/+33180000001/+33199000001", "{\"list\":\"grey\"}")]
    [InlineData(
        "PUT",
        "/api/v1/lists/+33180000001/+33199000001",
        "{\"list\":\"blocked\",\"until\":\"2001-01-01T00:00:00Z\"}"
    )]
    [InlineData("PUT", "/api/v1/lists/anonymous/+33199000001", "{\"list\":\"blocked\"}")]
    [InlineData("POST", "/api/v1/reports", "{")]
    public async Task A_mistake_is_named(string method, string address, string json)
    {
        (HttpStatusCode status, _) = await site.JsonAsync(new HttpMethod(method), address, json);
        status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/api/v1/calls/none/unwanted")]
    [InlineData("/api/v1/calls/none/wanted")]
    [InlineData("/api/v1/appeals/" + DeskSite.Unknown)]
    public async Task What_is_not_there_is_404(string address)
    {
        (HttpStatusCode status, _) = await site.JsonAsync(HttpMethod.Post, address, "{\"grant\":true}");
        status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_document_describes_all_of_it()
    {
        JsonElement paths = Root(await site.TextAsync("/openapi/v1.json")).GetProperty("paths");
        foreach (
            string path in (string[])
                [
                    "/api/v1/why/{token}",
                    "/api/v1/why/{token}/appeal",
                    "/api/v1/appeals",
                    "/api/v1/appeals/{token}",
                    "/api/v1/reports",
                    "/api/v1/calls/{id}/unwanted",
                    "/api/v1/calls/{id}/wanted",
                    "/api/v1/lists",
                    "/api/v1/lists/{callee}",
                    "/api/v1/lists/{callee}/{caller}",
                    "/api/v1/wishes/{callee}",
                    "/api/v1/numbers/{number}",
                    "/api/v1/numbers/{number}/reputation",
                ]
        )
        {
            paths.TryGetProperty(path, out JsonElement methods).ShouldBeTrue(path);
            methods
                .EnumerateObject()
                .ShouldAllBe(method => method.Value.GetProperty("summary").GetString()!.Length > 10);
        }
    }

    [Theory]
    [InlineData("Host", "evil.example", false)]
    [InlineData("Host", "calls.example", false)]
    [InlineData("X-Forwarded-For", "192.0.2.1", false)]
    [InlineData("Forwarded", "for=192.0.2.1", false)]
    [InlineData("Host", "localhost:8080", true)]
    [InlineData("Host", "[::1]:8080", true)]
    public async Task Without_a_password_only_who_sits_at_this_machine_is_the_operator(
        string name,
        string value,
        bool isOne
    )
    {
        foreach (
            string address in (string[])["/appeals", "/api/v1/lists", "/api/v1/numbers/+33199000001", "/elsewhere"]
        )
        {
            using HttpResponseMessage response = await site.SendAsync(
                HttpMethod.Get,
                new Uri(site.Address, address),
                null,
                (name, value)
            );
            (response.StatusCode == HttpStatusCode.Forbidden).ShouldBe(!isOne, address);
        }

        using HttpResponseMessage open = await site.SendAsync(
            HttpMethod.Get,
            new Uri(site.Address, $"/why/{site.Refuse()}"),
            null,
            (name, value)
        );
        open.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Basic b3BlcmF0b3I6d3Jvbmc=", HttpStatusCode.Unauthorized)]
    [InlineData("Basic !!!", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Digest x", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer " + DeskSite.Password, HttpStatusCode.OK)]
    [InlineData("basic", HttpStatusCode.OK)]
    public async Task With_a_password_the_operator_is_who_knows_it(string? authorization, HttpStatusCode status)
    {
        if (authorization == "basic")
        {
            authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("anyone:" + DeskSite.Password));
        }

        (string, string)[] headers = authorization is null ? [] : [("Authorization", authorization)];
        using HttpResponseMessage response = await site.SendAsync(
            HttpMethod.Get,
            new Uri(site.Guarded, "/appeals"),
            null,
            headers
        );
        response.StatusCode.ShouldBe(status);
        using HttpResponseMessage open = await site.SendAsync(
            HttpMethod.Get,
            new Uri(site.Guarded, "/codes/607"),
            null
        );
        open.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Origin", "https://calls.example", true)]
    public async Task What_changes_something_is_not_taken_from_pages_of_others(string name, string value, bool isTaken)
    {
        string token = site.Refuse();
        using FormUrlEncodedContent form = new([new("message", "please")]);
        using HttpResponseMessage response = await site.SendAsync(
            HttpMethod.Post,
            new Uri(site.Address, $"/why/{token}"),
            form,
            (name, value)
        );
        response.StatusCode.ShouldBe(isTaken ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden);
        JsonElement why = Root(await site.TextAsync($"/api/v1/why/{token}"));
        why.GetProperty("appeal").GetString().ShouldBe(isTaken ? "open" : "none");
    }

    private static JsonElement Root(string json) => JsonDocument.Parse(json).RootElement;
}
