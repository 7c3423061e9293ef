System.Console.WriteLine("WaterDensity");
