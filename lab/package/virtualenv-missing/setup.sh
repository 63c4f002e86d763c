rm -f /usr/bin/virtualenv* /usr/local/bin/virtualenv*
python3 - <<'END'
import zipfile

about = "queue_client-1.0.dist-info"
with zipfile.ZipFile("/srv/queue_client-1.0-py3-none-any.whl", "w") as wheel:
    wheel.writestr("queue_client.py", "")
    wheel.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: queue-client\nVersion: 1.0\n")
    wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    wheel.writestr(f"{about}/RECORD", "")
END
