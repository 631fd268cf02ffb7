using System.Runtime.CompilerServices;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rates;

namespace Ringfence.Screening.Reputation;

/// <summary>What is kept of one reported caller: fixed size, all evidence fading by half every two weeks.</summary>
internal struct ReputationRecord : ITrackedRecord<ReputationRecord>
{
    private const double HalfLife = 14 * 86_400.0;
    private const float Nothing = 0.02f;
    private const double PriorDeliveries = 10;
    private const double WorstShare = 0.05;
    private const int AppealEndsAt = 5;

    private float _evidence;
    private float _delivered;
    private uint _vouchedUntil;
    private Sketch _reporters;
    private ReporterShares _shares;

    public uint LastSeen { get; set; }

    public ulong Key { get; set; }

    /// <summary>Adds a report; what one reporter may say about one caller is capped at one. Returns what was added.</summary>
    public float Add(uint now, ulong reporter, float weight)
    {
        FadeTo(now);
        var tag = (uint)(reporter >> 32) | 1;
        ref var share = ref _shares.For(tag);
        var added = Math.Min(weight, Math.Max(0, 1 - share.Weight));
        share.Weight += added;
        _evidence += added;
        _reporters.Add(reporter);
        return added;
    }

    public void AddDelivered(uint now, int calls)
    {
        FadeTo(now);
        _delivered += calls;
    }

    /// <summary>Clears the evidence and vouches for the caller until a time.</summary>
    public void Vouch(uint now, uint until)
    {
        FadeTo(now);
        Forget();
        _vouchedUntil = until;
    }

    public readonly ReputationFacts Read(uint now)
    {
        var faded = this;
        faded.FadeTo(now);
        var share = faded._evidence / (faded._delivered + PriorDeliveries);
        var reporters = Math.Max(faded._shares.Count, faded._reporters.Estimate());
        return new ReputationFacts(
            (int)Math.Round(100 * (1 - Math.Min(1, share / WorstShare))),
            reporters,
            vouched: faded._vouchedUntil > now && reporters < AppealEndsAt
        );
    }

    /// <summary>Joins other evidence of the same caller: of each reporter the greater part. The later appeal speaks for itself.</summary>
    public void Merge(ReputationRecord other)
    {
        var now = Math.Max(LastSeen, other.LastSeen);
        FadeTo(now);
        other.FadeTo(now);
        if (other._vouchedUntil != _vouchedUntil)
        {
            this = other._vouchedUntil > _vouchedUntil ? other : this;
            return;
        }

        var unnamed = Math.Max(_evidence - _shares.Sum, other._evidence - other._shares.Sum);
        foreach (var share in other._shares)
        {
            if (share.Tag != 0)
            {
                ref var mine = ref _shares.For(share.Tag);
                mine.Weight = Math.Max(mine.Weight, share.Weight);
            }
        }

        _evidence = Math.Max(unnamed + _shares.Sum, Math.Max(_evidence, other._evidence));
        _delivered = Math.Max(_delivered, other._delivered);
        _reporters.Union(other._reporters);
    }

    private void FadeTo(uint now)
    {
        if (now <= LastSeen)
        {
            return;
        }

        var factor = LastSeen == 0 ? 1f : (float)Math.Pow(0.5, (now - LastSeen) / HalfLife);
        _evidence *= factor;
        _delivered *= factor;
        _shares.Fade(factor);
        LastSeen = now;
        if (_evidence < Nothing)
        {
            Forget();
        }
    }

    private void Forget()
    {
        _evidence = 0;
        _reporters = default;
        _shares = default;
    }

    /// <summary>What one reporter has said, under a tag that stands for it.</summary>
    internal struct ReporterShare
    {
        public uint Tag;
        public float Weight;
    }

    /// <summary>The eight reporters who have said most; a new one takes the place of the least.</summary>
    [InlineArray(8)]
    internal struct ReporterShares
    {
        private ReporterShare _first;

        public readonly int Count
        {
            get
            {
                var count = 0;
                foreach (var share in this)
                {
                    count += share.Tag == 0 ? 0 : 1;
                }

                return count;
            }
        }

        public readonly float Sum
        {
            get
            {
                var sum = 0f;
                foreach (var share in this)
                {
                    sum += share.Weight;
                }

                return sum;
            }
        }

        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        public ref ReporterShare For(uint tag)
        {
            Span<ReporterShare> shares = this;
            var least = 0;
            for (var i = 0; i < shares.Length; i++)
            {
                if (shares[i].Tag == tag)
                {
                    return ref shares[i];
                }

                least = shares[i].Weight < shares[least].Weight ? i : least;
            }

            shares[least] = new ReporterShare { Tag = tag };
            return ref shares[least];
        }

        public void Fade(float factor)
        {
            foreach (ref var share in (Span<ReporterShare>)this)
            {
                share.Weight *= factor;
            }
        }
    }
}
