"""Where messages go until a server is named."""

from pathlib import Path


def test_messages_are_written_in_the_folder_of_the_data_wherever_the_command_is_run_from(settings):
    assert Path(settings.EMAIL_FILE_PATH) == settings.DATA_DIR / "courriels"
    assert Path(settings.EMAIL_FILE_PATH).is_absolute()
