namespace Ringfence.Screening.Simulation;

/// <summary>Who calls in the simulated day.</summary>
public enum CallerKind : byte
{
    /// <summary>A person: mostly calls people it knows.</summary>
    Person,

    /// <summary>A business: many callees, most of them strangers to it.</summary>
    Business,

    /// <summary>A machine that is wanted: reminders of a clinic, alarms of a school.</summary>
    Reminder,

    /// <summary>A robocaller that changes between twenty numbers of one block.</summary>
    Cycling,

    /// <summary>A robocaller that shows for each call a new number that looks like the callee's.</summary>
    Neighbour,

    /// <summary>A robocaller that dials one number after the other.</summary>
    Sequential,

    /// <summary>A robocaller that sends its calls in short bursts from one number.</summary>
    Burst,
}
