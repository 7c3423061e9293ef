return await WaterDensity.Commands.Application.RunAsync(args);
