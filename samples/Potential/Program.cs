return await Potential.Commands.Application.RunAsync(args);
