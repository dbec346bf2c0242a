"""What came inside a document is put out to be looked at, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kontali_desktop.adapters.system.viewing_folder import PrivateViewingFolder
from kontali_desktop.domain.errors import AttachmentNotViewable, UnknownAttachment
from kontali_desktop.domain.ids import AttachmentId, DocumentId
from kontali_desktop.services.documents import Documents
from kontali_desktop.services.listings import Listings
from kontali_desktop.services.ports import Attachment
from kontali_desktop.services.view_attachments import ViewAttachments
from tests.services.conftest import Office
from tests.support import invoice

PDF = Attachment("faktura.pdf", "application/pdf", b"%PDF-1.7")


def attach(office: Office, number: str, *attachments: Attachment) -> DocumentId:
    with office.storage.writing() as work:
        document = next(d.id for d in work.documents.load_of_client(None) if d.reported.number == number)
        work.attachments.add(document, attachments)
        work.commit()
    return document


@pytest.fixture
def viewing(office: Office) -> Iterator[ViewAttachments]:
    folder = PrivateViewingFolder()
    yield ViewAttachments(Documents(office.storage, office.clock), folder)
    folder.close()


def put_out(viewing: ViewAttachments, document: DocumentId) -> tuple[str, bytes]:
    path = viewing.put_out(viewing.attachments_of((document,))[0].id)
    return path.name, path.read_bytes()


def test_the_file_as_it_came(office: Office, viewing: ViewAttachments) -> None:
    office.hold(office.client(), invoice("1", 100))
    assert put_out(viewing, attach(office, "1", PDF)) == (PDF.name, PDF.content)


def test_a_hostile_name_stays_in_the_folder_and_ends_as_it_is(office: Office, viewing: ViewAttachments) -> None:
    office.hold(office.client(), invoice("1", 100))
    document = attach(office, "1", Attachment("../../../.bashrc\u202e.exe", "application/pdf", b"x"))
    assert put_out(viewing, document) == ("bashrc.exe.pdf", b"x")


def test_what_could_run_is_never_put_out(office: Office, viewing: ViewAttachments) -> None:
    office.hold(office.client(), invoice("1", 100))
    document = attach(office, "1", Attachment("faktura.html", "text/html", b"<script>"))
    with pytest.raises(AttachmentNotViewable):
        put_out(viewing, document)


def test_what_is_not_there_is_said(viewing: ViewAttachments) -> None:
    with pytest.raises(UnknownAttachment):
        viewing.put_out(AttachmentId(9))


def test_the_list_says_how_many_each_document_has(office: Office) -> None:
    office.hold(office.client(), invoice("1", 100), invoice("2", 100))
    office.hold(office.client(2), invoice("3", 100))
    attach(office, "1", PDF, Attachment("side 2.png", "image/png", b"2"))
    attach(office, "3", PDF)
    listings = Listings(office.storage)
    assert {v.document.reported.number: v.attachments for v in listings.load_documents()} == {"1": 2, "2": 0, "3": 1}
    one = office.clients.load_all()[0]
    assert [v.attachments for v in listings.load_documents(one.id)] == [2, 0]
