using Ringfence.Edge.Configuration;
using Ringfence.Edge.Tests.Pipeline;
using Ringfence.Screening.Lists;

namespace Ringfence.Edge.Tests.Configuration;

/// <summary>A list's file that changes is taken in by itself: whole, or not at all.</summary>
public sealed class ListWatchTests : IDisposable
{
    private const int Taken = 2400;
    private const int Left = 2401;
    private const int Rejected = 2402;

    private readonly string _folder = Directory.CreateTempSubdirectory("lists-").FullName;
    private readonly ListCatalogue _lists = new();
    private readonly LogLines _log = new();
    private readonly ListWatch _watch;

    public ListWatchTests()
    {
        Write("+33900000001\n");
        _watch = new ListWatch(_lists, _log, TimeProvider.System);
        Load();
    }

    private string File => Path.Combine(_folder, "blocked.txt");

    [Fact]
    public void A_file_that_has_changed_and_rests_is_put_into_force()
    {
        Write("+33900000001\n+33900000002\n");
        _watch.Turn();
        _lists.Find("blocked")!.Count.ShouldBe(1, "it may still be written");
        _watch.Turn();
        _lists.Find("blocked")!.Count.ShouldBe(2);
        _watch.Turn();
        _log.Of(Taken).ShouldHaveSingleItem().ShouldContain("2 entries");
    }

    [Fact]
    public void A_file_with_a_rejected_line_leaves_the_list_in_force_and_is_told_once()
    {
        Write("+33900000001\nnot a number\n+33900000002\n");
        _watch.Turn();
        _watch.Turn();
        _watch.Turn();
        _lists.Find("blocked")!.Count.ShouldBe(1);
        _log.Of(Left).ShouldHaveSingleItem();
        _log.Of(Rejected).ShouldHaveSingleItem().ShouldContain(":2: \"not a number\"");

        Write("+33900000003\n+33900000004\n+33900000005\n");
        _watch.Turn();
        _watch.Turn();
        _lists.Find("blocked")!.Count.ShouldBe(3);
    }

    [Fact]
    public void A_file_that_is_gone_leaves_the_list_in_force()
    {
        System.IO.File.Delete(File);
        _watch.Turn();
        _watch.Turn();
        _lists.Find("blocked")!.Count.ShouldBe(1);
    }

    [Fact]
    public void What_a_reload_has_read_is_not_read_again()
    {
        Write("+33900000001\n+33900000002\n");
        Load();
        _watch.Turn();
        _watch.Turn();
        _log.Ids.ShouldBeEmpty();
        _lists.Find("blocked")!.Count.ShouldBe(2);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>As at the start and at SIGHUP.</summary>
    private void Load()
    {
        ConfigurationResult read = ConfigurationReader.Read(
            "lists: [ { name: blocked, file: blocked.txt } ]",
            "test.yaml",
            _folder
        );
        read.Configuration.ShouldNotBeNull(string.Join('\n', read.Mistakes));
        foreach (ListConfiguration list in read.Configuration.Lists)
        {
            _lists.Replace(list.Name, list.List);
        }

        _watch.Watch(read.Configuration.Lists);
    }

    private void Write(string text) => System.IO.File.WriteAllText(File, text);
}
