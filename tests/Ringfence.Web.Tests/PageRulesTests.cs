namespace Ringfence.Web.Tests;

/// <summary>The rules find what they are for.</summary>
public sealed class PageRulesTests
{
    private const string Sound =
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>t</title></head><body><h1>One</h1><h2 id=\"a\">Two</h2><p>text</p></body></html>";

    [Fact]
    public void A_sound_page_has_no_fault() => PageRules.Faults(Sound, "en").ShouldBeEmpty();

    [Theory]
    [InlineData("lang=\"en\"", "lang=\"fr\"", "lang is")]
    [InlineData("<h1>One</h1>", "", "not exactly one h1")]
    [InlineData("<h1>One</h1>", "<h1>One</h1><h1>Two</h1>", "not exactly one h1")]
    [InlineData("<h2 id=\"a\">Two</h2>", "<h3>Two</h3>", "h3 after h1")]
    [InlineData("Two", " ", "empty h2")]
    [InlineData("<p>text</p>", "<ul><li></li></ul>", "empty li")]
    [InlineData("text", "{name} text", "placeholder")]
    [InlineData("<p>", "<p id=\"a\">", "two elements with id a")]
    [InlineData("text", "<a href=\"#b\">b</a>", "#b leads nowhere")]
    public void A_fault_is_named(string part, string replacement, string fault) =>
        PageRules
            .Faults(Sound.Replace(part, replacement, StringComparison.Ordinal), "en")
            .ShouldHaveSingleItem()
            .ShouldContain(fault);

    [Fact]
    public void A_page_that_is_too_large_is_named() =>
        PageRules
            .Faults(Sound.Replace("text", new string('x', PageRules.LargestPage), StringComparison.Ordinal), "en")
            .ShouldHaveSingleItem()
            .ShouldContain("bytes");

    [Theory]
    [InlineData("<p>text", "text")]
    [InlineData("<p>text</p>", "<p><b>text</p></b>")]
    [InlineData("text", "a & b")]
    [InlineData("<p>", "<p class=x>")]
    public void A_page_that_is_not_well_formed_cannot_be_read(string part, string replacement) =>
        Should.Throw<InvalidOperationException>(() =>
            PageRules.Faults(Sound.Replace(part, replacement, StringComparison.Ordinal), "en").ToArray()
        );
}
