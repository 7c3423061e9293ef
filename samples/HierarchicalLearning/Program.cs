return await HierarchicalLearning.Commands.Application.RunAsync(args);
