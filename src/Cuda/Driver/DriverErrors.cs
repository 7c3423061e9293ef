namespace E3Gen.Cuda;

/// <summary>Numbers that functions of the driver return, and what a user can do about them.</summary>
internal static class DriverErrors
{
    /// <summary>The device has no memory left.</summary>
    public const int OutOfMemory = 2;

    /// <summary>What to do.</summary>
    /// <param name="code">What the driver returned.</param>
    public static string Advice(int code) => code switch
    {
        OutOfMemory => "Free memory of this device, or compute with fewer rows at once.",
        3 or 4 => "The process may be ending, or it was forked after its first use of the GPU: start a new process instead.",
        34 => "This library is the stub of the CUDA toolkit: install the driver of the GPU, and take the stub off the library path.",
        46 => "Another process may have this device for itself: see what nvidia-smi says about it.",
        100 => "See whether nvidia-smi lists a device, and whether CUDA_VISIBLE_DEVICES hides it.",
        101 => "Devices are numbered from 0, and CUDA_VISIBLE_DEVICES may hide some.",
        200 or 209 => "The compiled kernels are not for this device: update the driver, or set E3GEN_CUDA_CACHE to an empty folder.",
        218 or 222 => "The driver is older than the compiler (NVRTC): update the driver.",
        500 => "The compiled kernels are not those of this text: please report this error.",
        700 or 715 or 716 or 717 or 718 or 719 =>
            "This kernel or an earlier one on the device read or wrote memory that is not its own, and the device cannot be used until the process ends. CUDA_LAUNCH_BLOCKING=1 shows which one.",
        701 => "The kernel needs more registers than this device has for a block: please report this error.",
        803 or 804 => "The driver and its library do not fit together: restart the machine or reinstall the driver.",
        _ => "See whether nvidia-smi works, and start the process again.",
    };
}
