using System.Globalization;
using Ringfence.Screening.Policy;

namespace Ringfence.Screening.Tests.Policy;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("mon-fri 09:00-18:00", "2026-03-04T09:00:00Z", true)]
    [InlineData("mon-fri 09:00-18:00", "2026-03-04T18:00:00Z", false)]
    [InlineData("mon-fri 09:00-18:00", "2026-03-07T12:00:00Z", false)]
    [InlineData("sat,sun", "2026-03-07T00:00:00Z", true)]
    [InlineData("fri-mon", "2026-03-08T10:00:00Z", true)]
    [InlineData("fri-mon", "2026-03-03T10:00:00Z", false)]
    [InlineData("22:00-07:00", "2026-03-04T23:30:00Z", true)]
    [InlineData("22:00-07:00", "2026-03-04T06:59:00Z", true)]
    [InlineData("22:00-07:00", "2026-03-04T07:00:00Z", false)]
    [InlineData("fri 22:00-07:00", "2026-03-07T03:00:00Z", true)]
    [InlineData("fri 22:00-07:00", "2026-03-06T03:00:00Z", false)]
    [InlineData("00:00-24:00", "2026-03-06T23:59:00Z", true)]
    [InlineData("09:00-18:00", "2026-03-04T17:30:00+01:00", true)]
    [InlineData("09:00-18:00 UTC", "2026-03-04T18:30:00+01:00", true)]
    [InlineData("mon-fri 09:00-18:00 Europe/Paris", "2026-03-04T17:30:00Z", false)]
    [InlineData("mon-fri 09:00-18:00 Europe/Paris", "2026-07-01T16:30:00Z", false)]
    [InlineData("mon-fri 09:00-18:00 Europe/Paris", "2026-07-01T15:30:00Z", true)]
    public void A_time_is_within_or_not(string text, string at, bool isWithin)
    {
        Schedule.TryParse(text, out var schedule, out _).ShouldBeTrue();
        schedule.Contains(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)).ShouldBe(isWithin);
        schedule.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("noday")]
    [InlineData("mon-")]
    [InlineData("mon-tue-wed")]
    [InlineData("9-18")]
    [InlineData("09:00")]
    [InlineData("09:60-10:00")]
    [InlineData("09:00-24:01")]
    [InlineData("09:00-09:00")]
    [InlineData("Europe/Atlantis")]
    public void What_is_no_schedule_is_refused_with_a_fault(string text)
    {
        Schedule.TryParse(text, out var schedule, out var fault).ShouldBeFalse();
        schedule.ShouldBeNull();
        fault.ShouldNotBeNullOrEmpty();
    }
}
