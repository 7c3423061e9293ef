namespace E3Gen.Potentials;

/// <summary>What is made of an error x in the loss.</summary>
public enum LossKind
{
    /// <summary>x².</summary>
    Squared,

    /// <summary>x²/2 below δ, δ(|x| − δ/2) beyond: outliers pull no more than δ (torch's <c>huber_loss</c>).</summary>
    Huber,
}
