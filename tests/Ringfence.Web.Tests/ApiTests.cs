using System.Net;
using System.Text.Json;
using Ringfence.Codes;

namespace Ringfence.Web.Tests;

public sealed class ApiTests(Site site)
{
    [Fact]
    public async Task All_codes_are_listed()
    {
        JsonElement codes = await JsonAsync("/api/v1/codes");
        codes
            .EnumerateArray()
            .Select(code => code.GetProperty("code").GetInt32())
            .ShouldBe(CodeCatalogue.All.Select(facts => facts.Code));
    }

    [Fact]
    public async Task A_search_puts_the_best_first() =>
        (await JsonAsync("/api/v1/codes?q=unwanted"))[0].GetProperty("code").GetInt32().ShouldBe(607);

    [Fact]
    public async Task A_code_comes_in_the_language_asked_for()
    {
        foreach (string language in Site.Languages)
        {
            JsonElement code = await JsonAsync($"/api/v1/codes/607?lang={language}");
            code.GetProperty("language").GetString().ShouldBe(language);
            code.GetProperty("text")
                .GetProperty("summary")
                .GetString()
                .ShouldBe(Language.Load(language).Text(607).Summary);
        }
    }

    [Fact]
    public async Task Without_a_language_that_of_the_reader_is_taken()
    {
        string language = Site.Languages[^1];
        using HttpResponseMessage response = await site.GetAsync("/api/v1/codes/607", ("Accept-Language", language));
        response.Content.Headers.ContentLanguage.ShouldBe([language]);
    }

    [Theory]
    [InlineData("/api/v1/codes/183-vs-607")]
    [InlineData("/api/v1/codes/607-vs-183")]
    public async Task Two_codes_are_compared_in_any_order(string address)
    {
        JsonElement pair = await JsonAsync(address);
        pair.GetProperty("a").GetProperty("code").GetInt32().ShouldBe(183);
        pair.GetProperty("b").GetProperty("code").GetInt32().ShouldBe(607);
        pair.GetProperty("differences").GetArrayLength().ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task The_decision_table_is_there() =>
        (await JsonAsync("/api/v1/codes/which"))
            .EnumerateArray()
            .Select(row => row.GetProperty("id").GetString())
            .ShouldBe(DecisionTable.Rows.Select(row => row.Id));

    [Theory]
    [InlineData("/api/v1/codes/999", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/codes/abc", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/codes/99999999999999", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/codes/183-vs-999", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/codes/607-vs-607", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/codes?lang=xx", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/codes/607?lang=", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/codes/which?lang=EN", HttpStatusCode.BadRequest)]
    public async Task A_fault_is_a_problem_that_says_what_would_be_right(string address, HttpStatusCode expected)
    {
        using HttpResponseMessage response = await site.GetAsync(address);
        response.StatusCode.ShouldBe(expected);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        JsonSerializer
            .Deserialize<JsonElement>(await Site.TextAsync(response))
            .GetProperty("detail")
            .GetString()!
            .ShouldContain(expected == HttpStatusCode.NotFound ? "183-vs-607" : "en");
    }

    [Fact]
    public async Task The_OpenAPI_document_names_every_route()
    {
        JsonElement document = await JsonAsync("/openapi/v1.json");
        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.");
        JsonElement paths = document.GetProperty("paths");
        paths
            .EnumerateObject()
            .Select(path => path.Name)
            .ShouldBe(
                ["/api/v1/codes", "/api/v1/codes/which", "/api/v1/codes/{code}", "/api/v1/codes/{one}-vs-{other}"],
                ignoreOrder: true
            );
        foreach (JsonProperty path in paths.EnumerateObject())
        {
            JsonElement get = path.Value.GetProperty("get");
            get.GetProperty("summary").GetString().ShouldNotBeNullOrWhiteSpace();
            get.GetProperty("responses")
                .GetProperty("200")
                .GetProperty("content")
                .GetProperty("application/json")
                .TryGetProperty("schema", out _)
                .ShouldBeTrue(path.Name);
            get.GetProperty("parameters")
                .EnumerateArray()
                .Select(parameter => parameter.GetProperty("name").GetString())
                .ShouldContain("lang");
        }
    }

    [Fact]
    public async Task The_schema_names_the_members_that_are_sent()
    {
        JsonElement schemas = (await JsonAsync("/openapi/v1.json")).GetProperty("components").GetProperty("schemas");
        await SameAsync("CodeArticle", "/api/v1/codes/607");
        await SameAsync("Comparison", "/api/v1/codes/183-vs-607");

        async Task SameAsync(string schema, string address) =>
            (await JsonAsync(address))
                .EnumerateObject()
                .Select(member => member.Name)
                .ShouldBe(
                    schemas
                        .GetProperty(schema)
                        .GetProperty("properties")
                        .EnumerateObject()
                        .Select(member => member.Name),
                    ignoreOrder: true
                );
    }

    private async Task<JsonElement> JsonAsync(string address)
    {
        using HttpResponseMessage response = await site.GetAsync(address);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return JsonSerializer.Deserialize<JsonElement>(await Site.TextAsync(response));
    }
}
