"""The running text of a document as finished facts: passages, amounts, references and links."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.model.prose import Prose
from unbudget_check.understand.text.bodies import settle_bodies
from unbudget_check.understand.text.comparisons import comparisons_of, movements_of, offsets_of
from unbudget_check.understand.text.explanations import explanations_of
from unbudget_check.understand.text.linkage import links_of
from unbudget_check.understand.text.measures import (
    echoes_of,
    measures_of,
    moved,
    series_by_sentence,
)
from unbudget_check.understand.text.mentions import mentions_of
from unbudget_check.understand.text.names import namings_of
from unbudget_check.understand.text.numbering import plain_numbering_of
from unbudget_check.understand.text.objects import objects_of
from unbudget_check.understand.text.passages import passages_of
from unbudget_check.understand.text.phrases import phrases_of
from unbudget_check.understand.text.references import references_of
from unbudget_check.understand.text.sources import misnamed_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.document import Block
    from unbudget_check.model.facts import TableFacts
    from unbudget_check.model.figures import Vector
    from unbudget_check.model.meaning import Fact
    from unbudget_check.understand.text.entities import Entities


def prose_of(
    blocks: Sequence[Block], tables: Sequence[TableFacts], entities: Entities, vector: Vector
) -> tuple[Prose, tuple[Fact, ...]]:
    """All that a document says outside its tables, and what the figures of its tables mean.

    What tables mean depends on the headings around them. The figures of sentences are added to
    the vector.
    """
    language = entities.language
    passages, captions = passages_of(blocks, {table.address for table in tables}, entities)
    passages, meanings = settle_bodies(passages, tables, entities, vector)
    mentions = mentions_of(passages, entities, vector)
    measures = measures_of(blocks, passages, language)
    movements = movements_of(passages, language.code)
    series = series_by_sentence(measures, passages, language)
    numberings, counts = plain_numbering_of(passages)
    listed, namings = namings_of(passages, tables, meanings, language.code)
    said = Prose(
        passages,
        captions,
        mentions,
        explanations=explanations_of(passages, mentions, vector, language.code),
        references=references_of(passages, language),
        comparisons=comparisons_of(passages, series, language.code),
        movements=movements,
        measures=measures,
        echoes=(
            *echoes_of(passages, measures, language.code),
            *moved(passages, measures, movements, language.code),
        ),
        offsets=offsets_of(passages, mentions, language.code),
        listed=listed,
        namings=namings,
        phrases=phrases_of(passages, language.code),
        misnamed=misnamed_in(passages, language.code),
        numberings=numberings,
        counts=counts,
    )
    linked = replace(
        said,
        statements=links_of(said, tables, meanings, vector, language),
        objects=objects_of(said, meanings, vector, language),
    )
    return linked, meanings
