using System.Diagnostics.CodeAnalysis;

[assembly: SuppressMessage("Style", "IDE0060", Scope = "namespaceanddescendants", Target = "~N:Ringfence.Sip.Proxy")]
[assembly: SuppressMessage("Performance", "CA1822", Scope = "namespaceanddescendants", Target = "~N:Ringfence.Sip.Proxy")]
[assembly: SuppressMessage("Performance", "CA1823", Scope = "namespaceanddescendants", Target = "~N:Ringfence.Sip.Proxy")]
