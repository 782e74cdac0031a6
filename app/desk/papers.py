"""Print jobs: their states follow what the printer says; copies; PDF files."""

from __future__ import annotations

from app.desk.work import Work
from app.domain.money import Money
from app.domain.printjobs import PrintJobState, may_step
from app.errors import UserError
from app.messages import commands as cmd
from app.messages.devices import (
    PdfOrder,
    PrintDone,
    PrintFailed,
    PrintOrder,
    PrintStarted,
    PrintUncertain,
)
from app.messages.views import PrintJobView, ReceiptRow
from app.store import receipts
from app.store.receipts import JobRow, ReceiptKey

PrintNews = PrintStarted | PrintDone | PrintFailed | PrintUncertain


def _receipt(work: Work, number: str) -> ReceiptKey:
    found = receipts.by_number(work.db, work.shop_id, number)
    if found is None:
        raise UserError("receipt_unknown", number=number)
    return found


def _order(work: Work, job: JobRow, copy_number: int) -> None:
    found = receipts.by_key(work.db, job.receipt_key)
    assert found is not None, "a job points to its receipt"
    order = PrintOrder(job.job_id, found.receipt, copy_number, is_explained=job.is_explained)
    work.orders.append(order)
    work.has_job_changes = True


def reprint_receipt(work: Work, command: cmd.ReprintReceipt) -> int:
    """Ask for a paper of a stored receipt: the original, or the next copy; returns its number."""
    if not work.shop.has_printer:
        raise UserError("no_printer")
    found = _receipt(work, command.receipt_number)
    copy_number = receipts.next_copy(work.db, found.key)
    job_id = receipts.add_job(
        work.db,
        work.shop_id,
        found.key,
        copy_number,
        work.now,
        is_explained=command.is_explained,
    )
    _order(work, _job(work, job_id), copy_number)
    return copy_number


def save_pdf(work: Work, command: cmd.SavePdf) -> None:
    """Order a PDF of a stored receipt; the command is answered when the file is written."""
    found = _receipt(work, command.receipt_number)
    work.orders.append(
        PdfOrder(
            command.command_id, found.receipt, 0, command.path, is_explained=command.is_explained
        )
    )


def _job(work: Work, job_id: int) -> JobRow:
    job = receipts.job(work.db, work.shop_id, job_id)
    if job is None:
        raise UserError("job_unknown")
    return job


def retry_print(work: Work, command: cmd.RetryPrint) -> None:
    """Queue a job again: what was never sent as it is, what may have been sent as a copy."""
    job = _job(work, command.job_id)
    if not may_step(job.state, PrintJobState.QUEUED):
        raise UserError("job_not_retryable")
    copy_number = job.copy_number
    if job.state is PrintJobState.UNCERTAIN:
        copy_number = receipts.next_copy(work.db, job.receipt_key)
    receipts.set_job(work.db, job.job_id, PrintJobState.QUEUED, copy_number=copy_number)
    _order(work, job, copy_number)


def drop_print(work: Work, command: cmd.DropPrint) -> None:
    """Give a job up."""
    job = _job(work, command.job_id)
    if not may_step(job.state, PrintJobState.DROPPED):
        raise UserError("job_not_retryable")
    receipts.set_job(work.db, job.job_id, PrintJobState.DROPPED)
    work.has_job_changes = True


def take_print_news(work: Work, news: PrintNews) -> None:
    """Write down what the printer says of a job; what the table forbids is ignored."""
    job = receipts.job(work.db, work.shop_id, news.job_id)
    to, code = _step(news)
    if job is None or not may_step(job.state, to):
        return
    receipts.set_job(work.db, job.job_id, to, code=code)
    work.has_job_changes = work.has_written = True
    if to is PrintJobState.SENDING:
        work.go_on.append(job.job_id)


def _step(news: PrintNews) -> tuple[PrintJobState, str]:
    match news:
        case PrintStarted():
            return PrintJobState.SENDING, ""
        case PrintDone(_, proof):
            return PrintJobState.PRINTED, proof
        case PrintFailed(_, code):
            return PrintJobState.FAILED, code
        case PrintUncertain(_, code):
            return PrintJobState.UNCERTAIN, code


def ask_receipts(work: Work, command: cmd.AskReceipts) -> tuple[ReceiptRow, ...]:
    """Return the newest receipts."""
    rows = receipts.newest(work.db, work.shop_id, max(1, min(command.limit, 1000)))
    return tuple(
        ReceiptRow(
            row["number"],
            row["issued_at"],
            row["booth"],
            Money(row["total_minor"]),
            row["tender"],
            row["copies"],
        )
        for row in rows
    )


def job_views(work: Work) -> tuple[PrintJobView, ...]:
    """Return the print queue for the screen."""
    return tuple(
        PrintJobView(job.job_id, job.receipt_number, job.state.name, job.code, job.copy_number)
        for job in receipts.open_jobs(work.db, work.shop_id)
    )


def requeue_failed(work: Work) -> None:
    """Queue what the printer could not take, now that it is well; nothing of it was sent."""
    for job in receipts.open_jobs(work.db, work.shop_id):
        if job.state is PrintJobState.FAILED:
            receipts.set_job(work.db, job.job_id, PrintJobState.QUEUED)
            _order(work, job, job.copy_number)


def resume_jobs(work: Work) -> None:
    """After a start: queue what was never sent, and say so of what may have been sent."""
    for job in receipts.open_jobs(work.db, work.shop_id):
        if job.state is PrintJobState.SENDING:
            receipts.set_job(work.db, job.job_id, PrintJobState.UNCERTAIN, code="restart")
        elif job.state is PrintJobState.QUEUED and work.shop.has_printer:
            _order(work, job, job.copy_number)
    work.has_job_changes = True
