namespace Ringfence.Codes;

/// <summary>What widespread programs do with a code.</summary>
/// <param name="Asterisk">Asterisk with chan_pjsip.</param>
/// <param name="Freeswitch">FreeSWITCH with mod_sofia.</param>
/// <param name="Kamailio">Kamailio with its usual modules.</param>
public sealed record SoftwareUses(SoftwareUse Asterisk, SoftwareUse Freeswitch, SoftwareUse Kamailio);
