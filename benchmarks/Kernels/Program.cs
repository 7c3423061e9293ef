return E3Gen.Benchmarks.Kernels.CommandLine.Run(args);
