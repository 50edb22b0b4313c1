"""Little words of German and English that hold sentences together, folded as in the index."""


def listed(words: str) -> frozenset[str]:
    """Give the words of a text as a set."""
    return frozenset(words.split())


GERMAN = listed(
    """
    aber als am an auch auf aus bei beim bis da damit dann das dass dein deine dem den denn
    der des die dies diese diesem diesen dieser dieses doch du durch ein eine einem einen
    einer eines er es etwas fur gibt hab habe haben hat hatte hier ich ihm ihn ihr ihre ihren
    im in ins ist ja kann kein keine mal man mehr mein meine mich mir mit nach nicht noch nur
    ob oder ohne sein seine sich sie sind so soll sollte suche uber um und uns unser unter
    viel viele vom von vor wann war waren warum was welche welchem welchen welcher welches wem
    wen wenn wer werden weshalb wessen wie wieso wieviel will wir wird wo wofur woher wohin
    wurde wurden zu zum zur zwischen
    """
)
ENGLISH = listed(
    """
    a about after all also an and any are as at be been before between but by can could did do
    does for from had has have he her his how i if in into is it its looking many me more most
    much my need no not of off on one or our out over she should so some something than that
    the their them then there these they this those to under up us want was we were what when
    where which who whom whose why will with without would you your
    """
)
FUNCTION_WORDS = GERMAN | ENGLISH
