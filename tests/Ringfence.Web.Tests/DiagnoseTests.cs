using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Ringfence.Web.Tests;

/// <summary>The page <c>/diagnose</c> as a plain form, and as programs use it.</summary>
public sealed class DiagnoseTests(Site site)
{
    [Theory]
    [MemberData(nameof(LanguageTests.Languages), MemberType = typeof(LanguageTests))]
    public async Task A_capture_that_is_sent_as_a_plain_form_comes_back_as_a_page(string language)
    {
        string address = await SendAsync($"/{language}/diagnose", TraceFile.Refused());

        HtmlPage page = await site.PageAsync(address);

        address.ShouldStartWith($"/{language}/diagnose/");
        string text = page.Document.ToString();
        text.ShouldContain("607 Unwanted");
        text.ShouldContain("class=\"rf\"");
        text.ShouldContain($"/{language}/codes/607");
        page.Document.Root!.Attribute("lang")!.Value.ShouldBe(language);
    }

    [Fact]
    public async Task Early_media_can_be_listened_to()
    {
        string address = await SendAsync("/en/diagnose", TraceFile.Ringback());
        string page = (await site.PageAsync(address)).Document.ToString();
        page.ShouldContain("ringback");
        string audio = page[(page.IndexOf("src=\"/diagnose/", StringComparison.Ordinal) + 5)..];

        using HttpResponseMessage response = await site.GetAsync(audio[..audio.IndexOf('"')]);

        byte[] wav = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Encoding.ASCII.GetString(wav, 0, 4).ShouldBe("RIFF");
        wav.Length.ShouldBeGreaterThan(16_000);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task A_program_that_accepts_json_gets_the_report_at_once()
    {
        using HttpResponseMessage response = await PostAsync(
            "/diagnose",
            TraceFile.Refused(),
            ("Accept", "application/json")
        );

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var json = JsonDocument.Parse(await Site.TextAsync(response));
        json.RootElement.GetProperty("calls")[0].GetProperty("state").GetString().ShouldBe("Refused");
    }

    [Fact]
    public async Task What_is_forgotten_is_gone()
    {
        string address = await SendAsync("/en/diagnose", TraceFile.Refused());

        using HttpResponseMessage forgotten = await PostAsync(address + "/forget", []);

        forgotten.Headers.Location!.ToString().ShouldBe("/en/diagnose");
        using HttpResponseMessage gone = await site.GetAsync(address);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_no_trace_is_said_to_be_none()
    {
        using HttpResponseMessage response = await PostAsync("/en/diagnose", new byte[2_000]);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Site.TextAsync(response)).ShouldContain("role=\"alert\"");
    }

    [Fact]
    public async Task A_form_without_a_file_is_answered_with_the_form()
    {
        using HttpResponseMessage response = await PostAsync("/en/diagnose", []);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_before_it_is_read()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/en/diagnose");
        request.Content = new ByteArrayContent([]);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        request.Content.Headers.ContentLength = 80L << 20;
        request.Headers.ExpectContinue = true;

        using HttpResponseMessage response = await site.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_form_on_another_site_causes_no_work()
    {
        using HttpResponseMessage response = await PostAsync(
            "/en/diagnose",
            TraceFile.Refused(),
            ("Sec-Fetch-Site", "cross-site")
        );
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task No_cache_keeps_a_diagnosis_and_no_search_engine_hears_of_it()
    {
        string address = await SendAsync("/en/diagnose", TraceFile.Refused());
        using HttpResponseMessage response = await site.GetAsync(address);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await Site.TextAsync(response)).ShouldContain("noindex");
    }

    private async Task<string> SendAsync(string form, byte[] file)
    {
        using HttpResponseMessage response = await PostAsync(form, file);
        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await Site.TextAsync(response));
        return response.Headers.Location!.ToString();
    }

    private async Task<HttpResponseMessage> PostAsync(
        string address,
        byte[] file,
        params (string Name, string Value)[] headers
    )
    {
        using MultipartFormDataContent content = new() { { new ByteArrayContent(file), "file", "trace <1>.pcap" } };
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = content };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await site.SendAsync(request);
    }
}
